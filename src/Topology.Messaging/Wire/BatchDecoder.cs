namespace Topology.Messaging;

/// <summary>Reads the section of one batch into a pooled <see cref="TupleBatch"/>. Not thread-safe.</summary>
/// <param name="plan">What rows may be like.</param>
internal sealed class BatchDecoder(WirePlan plan)
{

    private readonly RowDecoder _rows = new(plan.MaxValueBytes);

    /// <summary>Reads a batch.</summary>
    /// <param name="section">The section.</param>
    /// <param name="batch">The batch, published: each of its receivers will release it. Null when it was refused.</param>
    public WireError TryRead(in BatchSection section, out TupleBatch? batch)
    {
        batch = null;
        if (plan.ReceiverOf(section.Channel.To) is not { } receiver) return WireError.NotInPlan;
        var read = receiver.Pool.Rent();
        var error = Read(section.Body, receiver, read);
        if (error == WireError.None)
        {
            read.Publish();
            batch = read;
            return WireError.None;
        }

        read.PublishOpen();
        read.Release();
        return error;
    }

    private WireError Read(ReadOnlySpan<byte> body, WireReceiver receiver, TupleBatch batch)
    {
        var position = BatchSection.RowsAt;
        var error = _rows.TryRead(body, ref position, batch, out var count);
        if (error != WireError.None) return error;
        error = SectionFields.TryReadBytes(body, ref position, out var runs);
        if (error != WireError.None) return error;
        error = SectionFields.TryReadBytes(body, ref position, out var ids);
        if (error != WireError.None) return error;
        error = SectionFields.TryReadBytes(body, ref position, out var further);
        if (error != WireError.None) return error;
        if (position != body.Length) return WireError.TrailingBytes;
        return AddRows(new RowParts(count, runs, ids, further), receiver, batch);
    }

    private WireError AddRows(RowParts parts, WireReceiver receiver, TupleBatch batch)
    {
        if (!parts.AreWhole) return WireError.InvalidBatch;
        var row = 0;
        foreach (var run in parts.Runs)
        {
            if (!receiver.Has(run.Target, run.Task) || run.Source >= plan.Arities.Length) return WireError.NotInPlan;
            if (run.Count == 0 || run.Count > parts.Count - row) return WireError.InvalidBatch;
            var arity = plan.Arities[run.Source];
            var address = Row.Address(arity, run.Source, run.Task);
            for (var end = row + run.Count; row < end; row++)
            {
                if (_rows.Arities[row] != arity) return WireError.NotInPlan;
                var extra = -1;
                if (parts.HasFurther(row) && !parts.TryAddFurther(batch, out extra)) return WireError.InvalidBatch;
                batch.AddRow(run.Target, address, _rows.FirstValues[row], parts.IdsOf(row), extra);
            }
        }

        return row == parts.Count && parts.IsDone ? WireError.None : WireError.InvalidBatch;
    }
}
