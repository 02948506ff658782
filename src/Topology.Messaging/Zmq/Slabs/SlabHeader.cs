using System.Runtime.InteropServices;

namespace Topology.Messaging;

/// <summary>Stands before a slab's bytes, in unmanaged memory. A cache line of its own.</summary>
[StructLayout(LayoutKind.Sequential, Size = Bytes)]
internal unsafe struct SlabHeader
{
    public const int Bytes = 64;

    public SlabPoolHeader* Pool;
    public int Index;

    /// <summary>The slab below this one on the stack of free slabs: its index and 1; 0 for none.</summary>
    public int NextFree;

    /// <summary>How many bytes are to be sent.</summary>
    public int Length;

    /// <summary>Whether libzmq's next release of it is no return to the pool: the send failed.</summary>
    public bool IsTakenBack;
}
