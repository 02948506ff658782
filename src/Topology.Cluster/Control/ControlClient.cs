using Topology.Messaging;

namespace Topology.Cluster;

/// <summary>A worker's end of the control channel: it connects again whenever the daemon is back. What cannot be sent is dropped; what matters is said again.</summary>
internal sealed class ControlClient : IDisposable
{
    private readonly ControlDealer _dealer;

    /// <param name="endpoint">Where the daemon listens, or will.</param>
    /// <param name="onMessage">Called on the channel's own thread, one message at a time; must be short.</param>
    /// <param name="keys">Null for sockets of a private folder.</param>
    /// <exception cref="NetMQException">There is no libzmq, or the address makes no sense.</exception>
    public ControlClient(string endpoint, Action<DaemonMessage> onMessage, ControlKeys? keys = null) =>
        _dealer = new ControlDealer(endpoint, keys, frame => onMessage(DaemonMessageCodec.Read(frame)));

    /// <summary>Sends a message if the daemon is connected; else it is dropped, as all are after the end. Legal from any thread, never waits.</summary>
    public void Send(WorkerMessage message) => _dealer.Send(WorkerMessageCodec.Write(message));

    /// <summary>Sends what was handed over before, and ends the channel. Not to be called from its own thread.</summary>
    public void Dispose() => _dealer.Dispose();
}
