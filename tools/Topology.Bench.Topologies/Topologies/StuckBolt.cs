namespace Topology.Bench;

/// <summary>Looks at the payload; one of its tasks stays within a tuple for as long as the board says.</summary>
/// <param name="board">What says so.</param>
/// <param name="stuckIndex">The index of that task.</param>
internal sealed class StuckBolt(Board board, int stuckIndex) : BasicBolt
{
    private const int LookMilliseconds = 5;

    private readonly TupleCell _received = board.Counters.Received.NewCell();
    private readonly TupleCell _blocks = board.Counters.Blocks.NewCell();
    private TupleCell? _undisturbed;
    private long _sum;

    /// <inheritdoc/>
    public override Fields Output => [];

    /// <inheritdoc/>
    public override void Prepare(BoltContext context) =>
        _undisturbed = context.TaskIndex == stuckIndex ? null : board.Counters.Undisturbed.NewCell();

    /// <inheritdoc/>
    public override void Cleanup() => GC.KeepAlive(_sum);

    /// <inheritdoc/>
    protected override void Execute(TupleView tuple, AnchoredOutput output)
    {
        if (_undisturbed is null && board.IsOpen) Block();
        _sum += tuple[0].AsSpan().Length + tuple[1].AsInt64();
        _received.Add(1);
        _undisturbed?.Add(1);
    }

    // As a call does that waits for somebody who does not answer.
    private void Block()
    {
        _blocks.Add(1);
        using var answer = new ManualResetEvent(false);
        while (board.IsOpen) answer.WaitOne(LookMilliseconds);
    }
}
