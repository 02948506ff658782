using System.Runtime.InteropServices;

namespace Topology.Engine;

/// <summary>The counters that change with each tuple, 128 bytes away from what others write.</summary>
[StructLayout(LayoutKind.Explicit, Size = 288)]
internal struct HotCounters
{
    [FieldOffset(128)]
    public long Emitted;

    [FieldOffset(136)]
    public long ExtraTransferred;

    [FieldOffset(144)]
    public long Executed;

    [FieldOffset(152)]
    public long Acked;
}
