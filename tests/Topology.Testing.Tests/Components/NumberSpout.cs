namespace Topology.Testing.Tests;

/// <summary>Emits the numbers from 1 to a limit, each until it is acked.</summary>
internal sealed class NumberSpout(int limit, ReplayPolicy? policy = null) : ReplayingSpout<int>(policy ?? ReplayPolicy.Default)
{
    private int _last;

    public List<int> Done { get; } = [];

    public override Fields Output => ["number"];

    protected override bool IsEndOfRecords => _last == limit;

    protected override bool TryRead(out int record)
    {
        record = _last + 1;
        if (_last == limit) return false;
        _last = record;
        return true;
    }

    protected override void Emit(int record, RecordOutput output) => output.Emit(record);

    protected override void Acked(int record) => Done.Add(record);
}
