namespace Topology.Engine;

/// <summary>What a bolt's executor does by the clock: ticks, and forgetting tuples held for too long.</summary>
internal sealed class BoltTimers
{
    private readonly BoltExecutor _executor;
    private readonly long _tickInterval;
    private readonly long _timeout;
    private readonly TupleSource _tickSource;
    private readonly Value[] _tickValues;
    private long _nextTick = long.MaxValue;
    private long _nextSweep = long.MaxValue;

    public BoltTimers(BoltExecutor executor)
    {
        _executor = executor;
        var interval = executor.Worker.Plan[executor.Component].Options.TickInterval;
        _tickInterval = EngineClock.ToNanoseconds(interval);
        _timeout = EngineClock.ToNanoseconds(executor.Worker.Plan.Options.MessageTimeout);
        _tickSource = new TupleSource(TupleSource.System, TupleSource.Tick, -1, ["interval"]);
        _tickValues = [interval];
    }

    public long NextDeadline => Math.Min(_nextTick, _nextSweep);

    public void Start()
    {
        if (_tickInterval > 0) _nextTick = _executor.Now + _tickInterval;
    }

    public void StopTicks() => _nextTick = long.MaxValue;

    public void Stop()
    {
        StopTicks();
        _nextSweep = long.MaxValue;
    }

    /// <summary>A tuple is held: it is looked for when it can have become too old.</summary>
    public void HoldsTuples()
    {
        if (_nextSweep == long.MaxValue && _timeout != long.MaxValue) _nextSweep = _executor.Now + _timeout + (_timeout / AckerTable.StepsPerTimeout);
    }

    public void Run()
    {
        if (_executor.Now >= _nextTick)
        {
            // Ticks that were missed while a row took long are not made up for: at most one is outstanding.
            _nextTick = _executor.Now + _tickInterval;
            if (_executor.Worker.Coordinator.WantsTicks)
                foreach (var task in _executor.Tasks) Tick(task);
        }

        if (_executor.Now >= _nextSweep) Sweep();
    }

    private void Tick(BoltTask task)
    {
        try
        {
            task.Tick(_tickValues, _tickSource);
        }
        catch (Exception exception)
        {
            task.TellExecuted(_tickSource);
            _executor.Worker.ErrorPolicies.Handle(_executor, task, "Execute (tick)", null, exception);
        }
    }

    private void Sweep()
    {
        var step = _timeout / AckerTable.StepsPerTimeout;
        foreach (var task in _executor.Tasks)
        {
            var forgotten = task.FailHeldSince(_executor.Now - _timeout - step, FailKind.Forgotten, "held for longer than the message timeout");
            if (forgotten > 0)
            {
                _executor.Report(task, "Hold", null, new AnswerException(
                    $"{forgotten:N0} tuples were held for longer than the message timeout of {_executor.Worker.Plan.Options.MessageTimeout} and count as forgotten. Ack or fail every held tuple."));
            }
        }

        _nextSweep = _executor.HeldCount > 0 ? _executor.Now + step : long.MaxValue;
    }
}
