namespace Topology.Bench;

/// <summary>
/// Emits the payload to the one task of the sink that belongs to this one, tracked: to that of the other worker, where two workers have two tasks each. The task whose sink may get stuck emits at a low rate, so that
/// the others gain next to nothing by its rest, and yet more than its channel takes.
/// </summary>
/// <param name="counters">The run's counters.</param>
/// <param name="sinks">The component of the sinks.</param>
/// <param name="stuckIndex">The index of the task of the sinks that may get stuck.</param>
internal sealed class PairedSpout(RunCounters counters, string sinks, int stuckIndex) : ReliableSpout<long>
{
    /// <summary>The stream that it emits on.</summary>
    public const string Rows = "rows";

    private const int SlowTuplesPerSecond = 10_000;

    private readonly TupleCell _expected = counters.Expected.NewCell();
    private readonly TupleCell _tracked = counters.Tracked.NewCell();
    private readonly TupleCell _acked = counters.Acked.NewCell();
    private readonly TupleCell _failed = counters.Failed.NewCell();
    private SpoutContext _context = null!;
    private StreamId _rows = null!;
    private int _sink;
    private bool _isSlow;
    private long _start;
    private long _number;

    /// <inheritdoc/>
    public override Fields Output => ["text", "number"];

    /// <inheritdoc/>
    public override void Declare(StreamDeclarer streams)
    {
        ArgumentNullException.ThrowIfNull(streams);
        streams.AddDirect(Rows, Output);
    }

    /// <inheritdoc/>
    public override void Open(SpoutContext context)
    {
        _context = context;
        _rows = context.Stream(Rows);
        var index = (context.TaskIndex + (context.TaskCount / 2)) % context.TaskCount;
        _sink = context.TasksOf(sinks)[index];
        _isSlow = index == stuckIndex;
    }

    /// <inheritdoc/>
    public override void Activate() => (_start, _number) = (_context.Time.GetTimestamp(), 0);

    /// <inheritdoc/>
    public override void NextTuple(SpoutOutput<long> output)
    {
        var most = _isSlow ? (long)(_context.Time.GetElapsedTime(_start).TotalSeconds * SlowTuplesPerSecond) - _number : NumberSpout.TuplesPerCall;
        var count = (int)Math.Clamp(most, 0, Math.Min(output.Remaining, NumberSpout.TuplesPerCall));
        for (var i = 0; i < count; i++, _number++) output.EmitDirect(_sink, _rows, _number, Payload.TextOf(_number), _number);
        _tracked.Add(count);
        _expected.Add(count);
    }

    /// <inheritdoc/>
    public override void Ack(long messageId) => _acked.Add(1);

    /// <inheritdoc/>
    public override void Fail(long messageId, FailReason reason) => _failed.Add(1);
}
