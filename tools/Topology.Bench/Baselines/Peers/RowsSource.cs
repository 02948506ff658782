using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Topology.Messaging;

namespace Topology.Bench;

/// <summary>Sends rows with a root id and an edge id each, as many as the acked hop may have pending, and XORs the acks that come back.</summary>
internal sealed class RowsSource(Board board, Func<string, string> endpoint) : IPeer
{
    private const int Pending = 16_384;

    private static readonly TimeSpan Wait = TimeSpan.FromMilliseconds(1);

    private readonly TupleCell _tracked = board.Counters.Tracked.NewCell();
    private readonly TupleCell _acked = board.Counters.Acked.NewCell();
    private readonly ulong[] _trees = new ulong[Pending];
    private ulong _edge = 0x9E3779B97F4A7C15;
    private long _sent;
    private long _done;

    /// <inheritdoc/>
    public void Run()
    {
        using var rows = new PushSocket();
        rows.Bind(endpoint("rows"));
        using var acks = new PullSocket();
        acks.Bind(endpoint("acks"));
        using var sender = new FrameSender(rows);
        var frame = default(Msg);
        while (true)
        {
            var progress = false;
            while (acks.TryReceiveFrame(ref frame))
            {
                Take(frame.Data);
                progress = true;
            }

            if (board.IsOpen && _sent - _done < Pending && sender.Open is { } slab) progress |= sender.Finish(Fill(slab.Bytes));
            else progress |= !sender.TrySend();
            if (!progress) acks.Poll(PollEvents.In, Wait);
        }
    }

    private int Fill(Span<byte> frame)
    {
        ref var start = ref MemoryMarshal.GetReference(frame);
        var size = 0;
        var before = _sent;
        while (size < RowFormat.FrameBytes && _sent - _done < Pending)
        {
            _edge ^= _edge << 13;
            _edge ^= _edge >> 7;
            _edge ^= _edge << 17;
            size += RowFormat.Write(ref Unsafe.Add(ref start, size), Payload.TextOf(_sent));
            size += RowFormat.Write(ref Unsafe.Add(ref start, size), (ulong)_sent);
            size += RowFormat.Write(ref Unsafe.Add(ref start, size), (ulong)_sent);
            size += RowFormat.Write(ref Unsafe.Add(ref start, size), _edge);
            _trees[_sent & (Pending - 1)] ^= _edge;
            _sent++;
        }

        _tracked.Add(_sent - before);
        return size;
    }

    private void Take(ReadOnlySpan<byte> acks)
    {
        var before = _done;
        foreach (var ack in MemoryMarshal.Cast<byte, RowAck>(acks))
        {
            if ((_trees[ack.Root & (Pending - 1)] ^= ack.Edges) == 0) _done++;
        }

        _acked.Add(_done - before);
    }
}
