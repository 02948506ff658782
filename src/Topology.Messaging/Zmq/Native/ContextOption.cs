namespace Topology.Messaging;

/// <summary>The numbers of libzmq's context options (zmq_ctx_set(3)), those in use.</summary>
internal enum ContextOption
{
    IoThreads = 1,
    MaxSockets = 2,
    Blocky = 70,
}
