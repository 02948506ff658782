namespace Topology.Tests;

/// <summary>A replaying spout over the numbers from 0, which keeps its position: a record is its own place.</summary>
internal sealed class PlaceSpout(ReplayPolicy policy, int count) : ReplayingSpout<long>(policy)
{
    private long _next;

    /// <summary>Hears of each number that is done.</summary>
    public Action<long> Done { get; init; } = _ => { };

    public long Start { get; private set; }

    public override Fields Output => ["line"];

    protected override bool IsEndOfRecords => _next == count;

    protected override SpoutPosition? NextPosition => new(_next);

    public override void Open(SpoutContext context)
    {
        base.Open(context);
        if (context.Position.TryGet(out var position)) _next = Start = position.Number;
    }

    protected override bool TryRead(out long record)
    {
        record = _next;
        if (_next == count) return false;
        _next++;
        return true;
    }

    protected override SpoutPosition? PositionOf(long record) => new(record);

    protected override void Emit(long record, RecordOutput output) => output.Emit(record);

    protected override void Acked(long record) => Done(record);

    protected override void GivenUp(long record, FailReason reason) => Done(record);
}
