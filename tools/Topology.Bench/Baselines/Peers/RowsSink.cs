using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Topology.Messaging;

namespace Topology.Bench;

/// <summary>Reads rows, looks at both parts of the payload, and sends the acks of a frame in one.</summary>
internal sealed class RowsSink(Board board, Func<string, string> endpoint) : IPeer
{
    // Rows of a frame, of at least 6 bytes each.
    private const int MostRows = RowFormat.FrameBytes / 6;

    private readonly TupleCell _received = board.Counters.Received.NewCell();
    private readonly RowAck[] _acks = new RowAck[MostRows];
    private long _sum;

    /// <inheritdoc/>
    public void Run()
    {
        using var rows = new PullSocket();
        rows.Connect(endpoint("rows"));
        using var acks = new PushSocket();
        acks.Connect(endpoint("acks"));
        var frame = default(Msg);
        while (true)
        {
            if (!rows.TryReceiveFrame(ref frame, Timeout.InfiniteTimeSpan)) continue;
            var count = Read(frame.Data);
            _received.Add(count);
            acks.TrySendFrame(Timeout.InfiniteTimeSpan, MemoryMarshal.AsBytes(_acks.AsSpan(0, count)));
            GC.KeepAlive(_sum);
        }
    }

    private int Read(ReadOnlySpan<byte> frame)
    {
        ref var start = ref MemoryMarshal.GetReference(frame);
        var count = 0;
        for (var place = 0; place < frame.Length; count++)
        {
            place += RowFormat.Read(ref Unsafe.Add(ref start, place), out string text);
            place += RowFormat.Read(ref Unsafe.Add(ref start, place), out ulong number);
            place += RowFormat.Read(ref Unsafe.Add(ref start, place), out ulong root);
            place += RowFormat.Read(ref Unsafe.Add(ref start, place), out ulong edge);
            _sum += text.Length + (long)number;
            _acks[count] = new RowAck(root, edge);
        }

        return count;
    }
}
