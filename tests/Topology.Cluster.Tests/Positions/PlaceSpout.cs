namespace Topology.Cluster.Tests;

/// <summary>A replaying spout over the numbers from 0, which keeps its position: a record is its own place.</summary>
internal sealed class PlaceSpout(long count) : ReplayingSpout<long>(new ReplayPolicy { MaxAttempts = int.MaxValue })
{
    private long _next;

    /// <summary>What the instance reads from when it opens; -1 until then.</summary>
    public long Start { get; private set; } = -1;

    /// <summary>Set to have a read throw before it.</summary>
    public Action<long>? OnRead { get; set; }

    public override Fields Output => ["number"];

    protected override bool IsEndOfRecords => _next >= count;

    protected override SpoutPosition? NextPosition => new(_next);

    public override void Open(SpoutContext context)
    {
        base.Open(context);
        if (context.Position.TryGet(out var position)) _next = position.Number;
        Start = _next;
    }

    protected override bool TryRead(out long record)
    {
        record = _next;
        if (_next >= count) return false;
        OnRead?.Invoke(record);
        _next++;
        return true;
    }

    protected override SpoutPosition? PositionOf(long record) => new(record);

    protected override void Emit(long record, RecordOutput output) => output.Emit(record);
}
