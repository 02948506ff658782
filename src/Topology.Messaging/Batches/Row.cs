namespace Topology.Messaging;

/// <summary>One tuple of a batch, 16 bytes: where its values lie, where it comes from and where it goes.</summary>
internal struct Row
{
    /// <summary>The index of the first value in the batch; rows of an all-grouping share their values.</summary>
    public int FirstValue;

    /// <summary>The index of the batch's first further (root, edge) pair of a row with several anchors, or -1.</summary>
    public int FirstExtra;

    /// <summary>How many values the row has.</summary>
    public ushort Arity;

    /// <summary>The index of the row's source task and stream in the worker's table of sources.</summary>
    public ushort Source;

    /// <summary>The receiving task's place within its executor.</summary>
    public ushort Task;

    /// <summary>The next row of this batch for the same executor.</summary>
    public ushort Next;
}
