using System.Runtime.InteropServices;

namespace Topology.Bench;

/// <summary>A counter that one thread writes at a time and others read. Padded, so that two of them never share a cache line.</summary>
[StructLayout(LayoutKind.Explicit, Size = 256)]
internal sealed class TupleCell
{
    [FieldOffset(128)]
    private long _count;

    /// <summary>What was counted so far.</summary>
    public long Count => Volatile.Read(ref _count);

    /// <summary>Counts some; for the one thread that writes.</summary>
    public void Add(long count) => Volatile.Write(ref _count, _count + count);
}
