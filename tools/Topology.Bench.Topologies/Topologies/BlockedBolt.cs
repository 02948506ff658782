namespace Topology.Bench;

/// <summary>Works about as long on a tuple as a small lookup takes; one of its tasks blocks from time to time.</summary>
/// <param name="counters">The run's counters.</param>
/// <param name="blocker">Who blocks.</param>
/// <param name="blockedIndex">The index of the task that does; -1 for none.</param>
internal sealed class BlockedBolt(RunCounters counters, Blocker blocker, int blockedIndex) : BasicBolt
{
    // About 100 ns: the bolts, not the spouts, are then what keeps the loops busy.
    private const int Rounds = 100;

    private readonly TupleCell _received = counters.Received.NewCell();
    private TupleCell? _undisturbed;
    private ulong _sum;

    /// <inheritdoc/>
    public override Fields Output => [];

    /// <inheritdoc/>
    public override void Prepare(BoltContext context) =>
        _undisturbed = context.TaskIndex == blockedIndex ? null : counters.Undisturbed.NewCell();

    /// <inheritdoc/>
    public override void Cleanup() => GC.KeepAlive(_sum);

    /// <inheritdoc/>
    protected override void Execute(TupleView tuple, AnchoredOutput output)
    {
        if (_undisturbed is null && blocker.IsDue) blocker.Block();

        var mixed = (ulong)tuple[1].AsInt64();
        for (var i = 0; i < Rounds; i++) mixed = (mixed ^ (mixed >> 31)) * 0x9E3779B97F4A7C15;
        _sum += mixed;
        _received.Add(1);
        _undisturbed?.Add(1);
    }
}
