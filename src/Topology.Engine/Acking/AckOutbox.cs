using System.Runtime.CompilerServices;
using Topology.Messaging;

namespace Topology.Engine;

/// <summary>
/// What one executor has for one acker. Messages leave when a batch is full and at the end of each turn; those of one root within a batch are
/// combined, since XOR does not care how often it is applied.
/// </summary>
internal sealed class AckOutbox(AckerExecutor acker, int sender)
{
    private const int Recent = 256;

    private readonly RecyclingRing<AckBatch> _lane = acker.LaneOf(sender);
    private readonly byte[] _positions = new byte[Recent];
    private AckBatch? _open;
    private bool _sent;

    /// <summary>Adds the first edges of a new root. Roots of one spout never repeat, so there is nothing to combine.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void AddInit(ulong root, ulong value)
    {
        var batch = _open;
        if (batch is null || batch.Count == AckBatch.Capacity || batch.Kind != AckBatchKind.Init) batch = Roll(AckBatchKind.Init);
        batch.Messages[batch.Count++] = new AckMessage(root, value);
    }

    /// <summary>Adds an acked edge.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void AddAck(ulong root, ulong value)
    {
        var batch = _open;
        if (batch is null || batch.Count == AckBatch.Capacity || batch.Kind != AckBatchKind.Ack) batch = Roll(AckBatchKind.Ack);
        ref var position = ref _positions[root & (Recent - 1)];
        ref var recent = ref batch.Messages[position];
        if (recent.Root == root && position < batch.Count)
        {
            recent.Value ^= value;
            return;
        }

        position = (byte)batch.Count;
        batch.Messages[batch.Count++] = new AckMessage(root, value);
    }

    /// <summary>Adds a failure, a reset or a clearing, each of which is rare.</summary>
    public void Add(AckBatchKind kind, ulong root, ulong value)
    {
        var batch = _open;
        if (batch is null || batch.Count == AckBatch.Capacity || batch.Kind != kind) batch = Roll(kind);
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
        if (_open is { Count: > 0 } full)
        {
            Send(full);
            acker.Ready(sender);
            _sent = false;
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
