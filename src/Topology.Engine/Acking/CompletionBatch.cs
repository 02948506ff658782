using System.Runtime.CompilerServices;

namespace Topology.Engine;

/// <summary>
/// Trees that an acker has closed, on their way to their spout. It grows as needed, so an acker never waits; a spout's pending trees bound it.
/// </summary>
internal sealed class CompletionBatch
{
    private AckMessage[] _acked = new AckMessage[16];
    private int _count;

    /// <summary>Runs of completed trees: the first root of each, and how many follow one another.</summary>
    public ReadOnlySpan<AckMessage> Acked => _acked.AsSpan(0, _count);

    /// <summary>The roots of failed trees, each with its <see cref="FailCode"/>.</summary>
    public List<AckMessage> Failed { get; } = [];

    public bool IsEmpty => _count == 0 && Failed.Count == 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void AddAcked(ulong root)
    {
        var count = _count;
        if (count > 0)
        {
            ref var run = ref _acked[count - 1];
            if (run.Root + run.Value == root)
            {
                run.Value++;
                return;
            }
        }

        AddRun(root);
    }

    public void Clear()
    {
        _count = 0;
        Failed.Clear();
    }

    private void AddRun(ulong root)
    {
        if (_count == _acked.Length) Array.Resize(ref _acked, 2 * _acked.Length);
        _acked[_count++] = new AckMessage(root, 1);
    }
}
