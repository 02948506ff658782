using System.Runtime.CompilerServices;
using Topology.Messaging;

namespace Topology.Engine;

/// <summary>What one acker has for one spout executor. It never waits: the open batch grows, and a spout's pending trees bound it.</summary>
internal sealed class CompletionOutbox
{
    private readonly RecyclingRing<CompletionBatch> _lane;
    private readonly int _acker;
    private CompletionBatch _open;

    public CompletionOutbox(SpoutExecutor spout, AckerExecutor acker)
    {
        Spout = spout;
        _acker = acker.Index;
        _lane = spout.CompletionsFrom(_acker);
        _open = _lane.Rent();
    }

    public SpoutExecutor Spout { get; }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void AddAcked(ulong root) => _open.AddAcked(root);

    public void AddFailed(ulong root, ulong code) => _open.Failed.Add(new AckMessage(root, code));

    /// <summary>Whether there is nothing to send.</summary>
    public bool IsEmpty => _open.IsEmpty;

    /// <summary>
    /// Sends what there is. False when the spout, as one that blocks, has not taken what was sent before: it stays in the open batch, and the acker is woken when there is room.
    /// </summary>
    public bool TryFlush()
    {
        if (!_lane.TryPut(_open) && !TryPutOnceMore()) return false;
        _open = _lane.Rent();
        _open.Clear();
        Spout.Ready(_acker);
        return true;
    }

    private bool TryPutOnceMore()
    {
        Spout.Waiters.Set(_acker);
        // The spout may have made room, and looked at who waits, just before that was said.
        return _lane.TryPut(_open);
    }
}
