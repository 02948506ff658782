using System.Runtime.InteropServices;

namespace Topology.Messaging;

/// <summary>One tuple of a batch, 16 bytes: where its values lie, where it comes from and where it goes.</summary>
/// <remarks>A row is written as its two halves at once, since eight small stores cost an emit a fifth of its time.</remarks>
[StructLayout(LayoutKind.Explicit, Size = 16)]
internal struct Row
{
    /// <summary>The index of the first value in the batch; rows of an all-grouping share their values.</summary>
    [FieldOffset(0)]
    public int FirstValue;

    /// <summary>The index of the batch's first further (root, edge) pair of a row with several anchors, or -1.</summary>
    [FieldOffset(4)]
    public int FirstExtra;

    /// <summary>How many values the row has.</summary>
    [FieldOffset(8)]
    public ushort Arity;

    /// <summary>The index of the row's source task and stream in the worker's table of sources.</summary>
    [FieldOffset(10)]
    public ushort Source;

    /// <summary>The receiving task's place within its executor.</summary>
    [FieldOffset(12)]
    public ushort Task;

    [FieldOffset(0)]
    public ulong LowerHalf;

    [FieldOffset(8)]
    public ulong UpperHalf;

    /// <summary>The part of the upper half that is the same for all rows from one stream to one task.</summary>
    public static ulong Address(int arity, int source, int task) => (ushort)arity | ((ulong)(ushort)source << 16) | ((ulong)(ushort)task << 32);
}
