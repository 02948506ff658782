using System.Runtime.InteropServices;

namespace Topology.Engine;

/// <summary>A number that one thread changes with each tuple, 128 bytes away from what others write.</summary>
[StructLayout(LayoutKind.Explicit, Size = 264)]
internal struct PaddedCount
{
    [FieldOffset(128)]
    public int Value;
}
