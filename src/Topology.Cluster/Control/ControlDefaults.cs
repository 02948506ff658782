using Topology.Messaging;

namespace Topology.Cluster;

/// <summary>What the sockets of the control channel have other than those of links.</summary>
internal static class ControlDefaults
{
    /// <summary>Messages, on each side. Nothing but their number bounds them: the positions of all spout tasks of a worker are committed, and answered, at once.</summary>
    private const int HighWatermark = 10_000;

    /// <summary>Before the socket is bound or connected.</summary>
    public static void Apply(SocketOptions options) => options.SendHighWatermark = options.ReceiveHighWatermark = HighWatermark;
}
