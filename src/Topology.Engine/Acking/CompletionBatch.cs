using System.Runtime.CompilerServices;

namespace Topology.Engine;

/// <summary>
/// Trees that an acker has closed, on their way to their spout. It grows as needed, so an acker never waits; a spout's pending trees bound it.
/// </summary>
internal sealed class CompletionBatch
{
    private ulong[] _acked = new ulong[256];

    public int AckedCount { get; private set; }

    /// <summary>The roots of completed trees.</summary>
    public ReadOnlySpan<ulong> Acked => _acked.AsSpan(0, AckedCount);

    /// <summary>The roots of failed trees, each with its <see cref="FailCode"/>.</summary>
    public List<AckMessage> Failed { get; } = [];

    public bool IsEmpty => AckedCount == 0 && Failed.Count == 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void AddAcked(ulong root)
    {
        if (AckedCount == _acked.Length) Array.Resize(ref _acked, 2 * _acked.Length);
        _acked[AckedCount++] = root;
    }

    public void Clear()
    {
        AckedCount = 0;
        Failed.Clear();
    }
}
