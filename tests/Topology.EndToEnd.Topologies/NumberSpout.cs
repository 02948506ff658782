using System.Globalization;

namespace Topology.EndToEnd.Topologies;

/// <summary>Emits numbers of its task's own, a few at a time, until a file tells it to stop, and then says in a file of its own where it stopped. It keeps its position.</summary>
internal sealed class NumberSpout(string folder) : ReplayingSpout<long>(NeverGiveUp)
{
    private const int AtATime = 20;

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(10);

    private static readonly ReplayPolicy NeverGiveUp = new() { MaxAttempts = int.MaxValue, MaxTimeouts = int.MaxValue, MaxDelay = TimeSpan.FromSeconds(1) };

    private long _next;
    private int _step;
    private int _given;
    private long _began;
    private TimeProvider _time = TimeProvider.System;
    private string _end = "";
    private bool _hasEnded;

    public override Fields Output => ["number"];

    protected override bool IsEndOfRecords => _hasEnded;

    protected override SpoutPosition? NextPosition => new(_next);

    public override void Open(SpoutContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        base.Open(context);
        _time = context.Time;
        _step = context.TaskCount;
        _next = context.Position.TryGet(out var position) ? position.Number : context.TaskIndex;
        _end = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"end-{Environment.ProcessId}-{context.TaskIndex}"));
    }

    protected override bool TryRead(out long record)
    {
        record = _next;
        if (_given == AtATime && _time.GetElapsedTime(_began) >= Interval) Begin();
        if (_hasEnded || _given == AtATime) return false;
        _given++;
        _next += _step;
        return true;
    }

    protected override SpoutPosition? PositionOf(long record) => new(record);

    protected override void Emit(long record, RecordOutput output) => output.Emit(record);

    private void Begin()
    {
        (_given, _began) = (0, _time.GetTimestamp());
        if (_hasEnded || !File.Exists(Path.Combine(folder, "stop"))) return;
        File.WriteAllText(_end, _next.ToString(CultureInfo.InvariantCulture));
        _hasEnded = true;
    }
}
