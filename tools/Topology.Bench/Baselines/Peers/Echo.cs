using Topology.Messaging;

namespace Topology.Bench;

/// <summary>Sends back what comes.</summary>
internal sealed class Echo(Func<string, string> endpoint) : IPeer
{
    /// <summary>Messages that may wait on each side: a fifth of a second of the open loop.</summary>
    public const int HighWatermark = 4_096;

    /// <inheritdoc/>
    public void Run()
    {
        using var socket = new DealerSocket();
        socket.Options.SendHighWatermark = socket.Options.ReceiveHighWatermark = HighWatermark;
        socket.Connect(endpoint("echo"));
        var frame = default(Msg);
        while (true)
        {
            if (socket.TryReceiveFrame(ref frame, Timeout.InfiniteTimeSpan)) socket.TrySendFrame(Timeout.InfiniteTimeSpan, frame.Data);
        }
    }
}
