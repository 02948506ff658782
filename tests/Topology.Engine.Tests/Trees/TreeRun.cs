using Topology.Testing;

namespace Topology.Engine.Tests;

/// <summary>Runs a random topology of model components to its end, on this thread: which loop runs when, in which order, and how time passes follow from a seed.</summary>
internal sealed class TreeRun
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    private readonly ManualTime _time = new();
    private readonly TreeModel _model;
    private readonly TreeTopology _topology;
    private readonly Random _random;
    private readonly Worker _worker;
    private readonly Dictionary<EventLoop, TimeSpan> _lastRun;
    private readonly List<Executor> _runnable = [];
    private readonly double _share;
    private int _idle;

    public TreeRun(int seed, int trees)
    {
        _random = new Random(seed);
        _model = new TreeModel(_time, EngineClock.ToNanoseconds(Timeout));
        _topology = new TreeTopology(_model, _random, trees) { Time = _time };
        _worker = new Worker(_topology.Plan, new WorkerOptions { IsSimulated = true, Time = _time, Seed = (ulong)seed });
        _lastRun = _worker.Loops.ToDictionary(l => l, _ => TimeSpan.Zero);
        _share = _random.Next(3) switch { 0 => 0.2, 1 => 0.6, _ => 1 };
    }

    /// <summary>Every executor that has something to do gets a turn in this time, so that a message takes no longer than a few of it.</summary>
    private static TimeSpan LongestAway => Timeout / 200;

    public TreeTotals Totals => _model.Totals;

    /// <summary>Runs to the end. What was not as it should be; nothing when all was.</summary>
    public IReadOnlyList<string> Run()
    {
        _worker.Start();
        _worker.Coordinator.SetActive(true);
        while (!_worker.Coordinator.Completion.IsCompleted)
        {
            Round();
            _model.Look();
            if (_model.Violations.Count > 0) return _model.Violations;
            if (_time.Elapsed > 100 * Timeout) return [$"The run does not end: it is in {_worker.Coordinator.Phase}, {_worker.Coordinator.State}."];
        }

        _model.LookAtTheEnd();
        CheckResult(_worker.Coordinator.Completion.Result);
        return _model.Violations;
    }

    private void Round()
    {
        var progress = false;
        foreach (var loop in _worker.Loops)
            if (_random.NextDouble() < _share) progress |= Run(loop, _share);
        if (_random.Next(3) == 0) _worker.Coordinator.Step();
        if (_random.Next(3_000) == 0) _worker.Coordinator.SetActive(_worker.Coordinator.State != RunState.Active);
        _idle = progress ? 0 : _idle + 1;
        // Nothing has happened for a while: time may as well leap to where something does.
        if (_idle > 20) Advance(TimeSpan.FromMilliseconds(_random.Next(1, 50)));
        else if (_random.Next(3) == 0) Advance(TimeSpan.FromMicroseconds(_random.Next(5_000)));
        if (_worker.Coordinator.State == RunState.Inactive && _random.Next(50) == 0) _worker.Coordinator.SetActive(true);
    }

    private void Advance(TimeSpan by)
    {
        foreach (var loop in _worker.Loops)
        {
            if (_time.Elapsed + by - _lastRun[loop] <= LongestAway) continue;
            _lastRun[loop] = _time.Elapsed;
            Run(loop, 1);
        }

        _time.Advance(by);
    }

    /// <summary>Gives a share of a loop's executors a turn, in any order.</summary>
    private bool Run(EventLoop loop, double share)
    {
        _runnable.Clear();
        loop.Collect(_runnable);
        var progress = false;
        for (var left = _runnable.Count; left > 0; left--)
        {
            var pick = _random.Next(left);
            // One that is left out stays runnable.
            if (_random.NextDouble() < share) progress |= loop.Run(_runnable[pick]) == LoopProgress.Some;
            _runnable[pick] = _runnable[left - 1];
        }

        return progress;
    }

    private void CheckResult(RunResult result)
    {
        Totals.LateMessages = result.Metrics.LateAckMessages;
        var spouts = result.Metrics.Components.Where(c => c.Kind == ComponentKind.Spout).ToArray();
        Check(result.State == RunState.Completed, $"The run ended as {result.State}: {result.Failure}");
        Check(spouts.Sum(s => s.Acked) == Totals.Acked, $"Acked are {Totals.Acked}, counted were {spouts.Sum(s => s.Acked)}.");
        Check(result.Metrics.Lost == Totals.Dropped, $"Dropped are {Totals.Dropped}, counted were {result.Metrics.Lost}.");
        Check(spouts.Sum(s => s.Pending) == 0 && result.Dropped == 0, "Something is left.");
        foreach (var kind in Enum.GetValues<FailKind>())
        {
            var counted = spouts.Sum(s => s.FailedByReason.GetValueOrDefault(kind));
            Check(counted == Totals.Failed.GetValueOrDefault(kind), $"Failed as {kind} are {Totals.Failed.GetValueOrDefault(kind)}, counted were {counted}.");
        }
    }

    private void Check(bool isRight, string otherwise)
    {
        if (!isRight) _model.Violations.Add(otherwise);
    }
}
