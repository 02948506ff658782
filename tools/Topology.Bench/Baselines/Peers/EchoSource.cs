using System.Runtime.InteropServices;
using Topology.Messaging;

namespace Topology.Bench;

/// <summary>Sends what is due by the board's schedule, a message each, and records each one's latency when it comes back. Never waits while there is a schedule, as a spout that polls.</summary>
internal sealed class EchoSource(Board board, Func<string, string> endpoint) : IPeer
{
    private static readonly TimeSpan Wait = TimeSpan.FromMilliseconds(10);

    private readonly TupleCell _tracked = board.Counters.Tracked.NewCell();
    private readonly TupleCell _acked = board.Counters.Acked.NewCell();
    private readonly byte[] _row = new byte[RowFormat.RowRoom];

    /// <inheritdoc/>
    public void Run()
    {
        using var socket = new DealerSocket();
        socket.Options.SendHighWatermark = socket.Options.ReceiveHighWatermark = Echo.HighWatermark;
        socket.Bind(endpoint("echo"));
        var frame = default(Msg);
        var (epoch, sent) = (0L, 0L);
        while (true)
        {
            if (board.Loop.Epoch is var now and not 0 && now != epoch) (epoch, sent) = (now, 0);
            for (var due = board.Loop.Due; sent < due && socket.TrySendFrame(_row.AsSpan(0, Write(sent))); sent++) _tracked.Add(1);
            while (socket.TryReceiveFrame(ref frame))
            {
                var place = RowFormat.Read(ref MemoryMarshal.GetReference(frame.Data), out string _);
                RowFormat.Read(ref MemoryMarshal.GetReference(frame.Data[place..]), out ulong number);
                board.Loop.Complete(epoch, (long)number, board.Latencies);
                _acked.Add(1);
            }

            if (board.Loop.Epoch == 0) socket.Poll(PollEvents.In, Wait);
        }
    }

    // A number takes its 9 bytes, so that it can be read as far.
    private int Write(long number)
    {
        var size = RowFormat.Write(ref _row[0], Payload.TextOf(number));
        RowFormat.Write(ref _row[size], (ulong)number);
        return size + IntegerFormat.Room;
    }
}
