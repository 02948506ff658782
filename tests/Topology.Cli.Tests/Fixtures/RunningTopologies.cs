using Microsoft.Extensions.Logging;

namespace Topology.Cli.Tests;

/// <summary>Emits numbers from 0, each once.</summary>
internal sealed class NumberSpout(int count) : ReplayingSpout<int>(new ReplayPolicy { MaxAttempts = 1 })
{
    private int _next;

    public override Fields Output => ["number"];

    protected override bool IsEndOfRecords => _next == count;

    protected override bool TryRead(out int record)
    {
        record = _next;
        if (_next == count) return false;
        _next++;
        return true;
    }

    protected override void Emit(int record, RecordOutput output) => output.Emit(record);
}

internal sealed class CheckBolt(int bad) : BasicBolt
{
    private ILogger _logger = null!;

    public override Fields Output => Fields.None;

    public override void Prepare(BoltContext context) => _logger = context.Logger;

    protected override void Execute(TupleView tuple, AnchoredOutput output)
    {
        if (tuple[0].AsInt64() != bad) return;
        _logger.LogWarning("met {Bad}", bad);
        throw new InvalidOperationException($"{bad} is bad");
    }
}

/// <summary>Numbers that are checked: settings say how many there are, which is bad, and what follows.</summary>
public sealed class NumbersTopology : ITopology
{
    public void Build(TopologyBuilder topology)
    {
        ArgumentNullException.ThrowIfNull(topology);
        var count = topology.Settings.Get("count", 100);
        var bad = topology.Settings.Get("bad", -1);
        var policy = topology.Settings.Get("stops", false) ? ErrorPolicy.StopTopology : ErrorPolicy.FailTuple;
        topology.SetSpout("numbers", () => new NumberSpout(count));
        topology.SetBolt("check", () => new CheckBolt(bad)).ShuffleGrouping("numbers").OnError(policy);
    }
}
