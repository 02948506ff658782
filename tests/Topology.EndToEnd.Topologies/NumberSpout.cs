namespace Topology.EndToEnd.Topologies;

/// <summary>Emits the numbers from 0 up to a limit that are its task's, and keeps its position.</summary>
internal sealed class NumberSpout(long count) : ReplayingSpout<long>(NeverGiveUp)
{
    private static readonly ReplayPolicy NeverGiveUp = new() { MaxAttempts = int.MaxValue, MaxTimeouts = int.MaxValue, MaxDelay = TimeSpan.FromSeconds(1) };

    private long _next;
    private int _step;

    public override Fields Output => ["number"];

    protected override bool IsEndOfRecords => _next >= count;

    protected override SpoutPosition? NextPosition => new(_next);

    public override void Open(SpoutContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        base.Open(context);
        _step = context.TaskCount;
        _next = context.Position.TryGet(out var position) ? position.Number : context.TaskIndex;
    }

    protected override bool TryRead(out long record)
    {
        record = _next;
        if (record >= count) return false;
        _next += _step;
        return true;
    }

    protected override SpoutPosition? PositionOf(long record) => new(record);

    protected override void Emit(long record, RecordOutput output) => output.Emit(record);
}
