namespace Topology.Engine.Tests;

/// <summary>Reads the numbers from 0 on, keeps its position, and emits again what failed.</summary>
internal sealed class RecordSpout(long count, ReplayPolicy? policy = null) : ReplayingSpout<long>(policy ?? ReplayPolicy.Default)
{
    private long _next;

    public override Fields Output { get; } = ["number"];

    /// <summary>Whether there is more to come, though nothing is there now.</summary>
    public Func<bool>? IsOpen { get; init; }

    /// <summary>Whether there is no last record: numbers go on beyond the count.</summary>
    public Func<bool>? IsEndless { get; init; }

    public Action<long>? WasAcked { get; init; }

    public Action<string>? Called { get; init; }

    protected override bool IsEndOfRecords => !HasNext && IsOpen?.Invoke() != true;

    protected override SpoutPosition? NextPosition => new(_next);

    private bool HasNext => _next < count || IsEndless?.Invoke() == true;

    public override void Open(SpoutContext context)
    {
        base.Open(context);
        if (context.Position.TryGet(out var position)) _next = position.Number;
        Called?.Invoke("open");
    }

    public override void Activate() => Called?.Invoke("activate");

    public override void Deactivate() => Called?.Invoke("deactivate");

    public override void Close() => Called?.Invoke("close");

    protected override bool TryRead(out long record)
    {
        record = _next;
        if (!HasNext) return false;
        _next++;
        return true;
    }

    protected override SpoutPosition? PositionOf(long record) => new(record);

    protected override void Emit(long record, RecordOutput output) => output.Emit(record);

    protected override void Acked(long record) => WasAcked?.Invoke(record);
}
