using System.Runtime.CompilerServices;
using Topology.Messaging;

namespace Topology.Engine;

/// <summary>
/// What one executor has for one acker. Messages leave when a batch is full and at the end of each turn; acks of one root that follow one another, as those of
/// a sentence's words do, are combined.
/// </summary>
internal sealed class AckOutbox(IAcker acker, int sender)
{
    private readonly RecyclingRing<AckBatch> _lane = acker.LaneOf(sender);
    private AckBatch? _open;
    private bool _sent;

    /// <summary>How many batches the acker has not taken.</summary>
    public int Waiting => _lane.Count;

    /// <summary>Adds a new root with one edge, <see cref="EdgeIds.FirstOf"/>. Roots that follow one another make one message.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void AddInit(ulong root)
    {
        var batch = _open;
        if (batch is not null && batch.Kind == AckBatchKind.InitRun && batch.Count > 0)
        {
            ref var run = ref batch.Messages[batch.Count - 1];
            if (run.Root + run.Value == root)
            {
                run.Value++;
                return;
            }
        }

        Add(AckBatchKind.InitRun, root, 1);
    }

    /// <summary>Adds an acked edge.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void AddAck(ulong root, ulong value)
    {
        var batch = _open;
        if (batch is null || batch.Count == batch.Messages.Length || batch.Kind != AckBatchKind.Ack) batch = Roll(AckBatchKind.Ack);
        var messages = batch.Messages;
        var count = batch.Count;
        if (count > 0 && messages[count - 1].Root == root)
        {
            messages[count - 1].Value ^= value;
            return;
        }

        messages[count] = new AckMessage(root, value);
        batch.Count = count + 1;
    }

    /// <summary>Adds a message of any kind.</summary>
    public void Add(AckBatchKind kind, ulong root, ulong value)
    {
        var batch = _open;
        if (batch is null || batch.Count == batch.Messages.Length || batch.Kind != kind) batch = Roll(kind);
        batch.Messages[batch.Count++] = new AckMessage(root, value);
    }

    /// <summary>Sends what there is. False when some of it still waits for the acker.</summary>
    public bool TryFlush()
    {
        // What waited and goes now was announced when the lane was full, and the acker may have emptied it since.
        _sent |= _lane.IsWaiting;
        var flushed = _lane.TryFlush();
        if (_open is { Count: > 0 } batch)
        {
            _open = null;
            Send(batch);
            flushed = _lane.TryFlush();
        }

        if (_sent)
        {
            _sent = false;
            acker.Ready(sender);
        }

        return flushed;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private AckBatch Roll(AckBatchKind kind)
    {
        if (_open is { } same && same.Kind == kind && same.Count > 0 && same.TryGrow()) return same;
        if (_open is { Count: > 0 } full)
        {
            Send(full);
            acker.NotePut(sender);
        }

        var batch = _open is { Count: 0 } empty ? empty : _lane.Rent();
        batch.Count = 0;
        batch.Kind = kind;
        _open = batch;
        return batch;
    }

    private void Send(AckBatch batch)
    {
        _lane.Put(batch);
        _sent = true;
    }
}
