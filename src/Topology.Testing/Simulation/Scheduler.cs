using Topology.Engine;

namespace Topology.Testing;

/// <summary>
/// Gives turns to the executors of several runs on the calling thread, in an order that chance chooses. A loop that is not chosen for a while leaves its lanes full, as
/// one does whose thread is away.
/// </summary>
internal sealed class Scheduler(SimulationOptions options, ManualTime time, SeededChance chance)
{
    /// <summary>Quiescence takes two looks, and what follows from it a third.</summary>
    private const int LooksWhenIdle = 3;

    private const double LookChance = 0.25;

    private readonly List<SimulatedRun> _runs = [];
    private readonly List<(SimulatedRun Run, EventLoop Loop)> _loops = [];
    private readonly List<Executor> _runnable = [];
    private readonly Dictionary<Executor, long> _stalledUntil = [];
    private readonly SimulatedContext _context = new();

    public SimulationTrace Trace { get; } = new(options.TraceLength);

    public void Add(SimulatedRun run)
    {
        _runs.Add(run);
        foreach (var loop in run.Worker.Loops) _loops.Add((run, loop));
    }

    /// <summary>Does one thing that can be done now: a turn, or a piece of asynchronous work. False when there is nothing to do before time goes on.</summary>
    public bool TryStep()
    {
        if (chance.Hits(LookChance)) LookAtRuns();
        for (var looks = 0; looks <= LooksWhenIdle; looks++)
        {
            if (TryTurn()) return true;
            LookAtRuns();
        }

        return AwaitsWork() && WaitForWork();
    }

    /// <summary>Lets time go on to the next moment at which something is to be done, and no further than to an end. False when there is none by then.</summary>
    public bool TryAdvance(long end)
    {
        var next = NextMoment();
        if (next == long.MaxValue || next > end) return false;
        AdvanceTo(next);
        return true;
    }

    /// <summary>Lets time go on to a moment; no effect when that has passed.</summary>
    public void AdvanceTo(long moment)
    {
        var left = moment - time.GetTimestamp();
        if (left <= 0 && time.NextTimer > time.GetTimestamp()) return;
        // Time goes in ticks of 100 ns, and must not stop short of the moment.
        time.Advance(TimeSpan.FromTicks((Math.Max(0, left) + TimeSpan.NanosecondsPerTick - 1) / TimeSpan.NanosecondsPerTick));
    }

    /// <summary>Gives an executor no turns for a while.</summary>
    public void Stall(Executor executor, TimeSpan span) =>
        _stalledUntil[executor] = Math.Max(_stalledUntil.GetValueOrDefault(executor), time.GetTimestamp() + EngineClock.ToNanoseconds(span));

    public void EndStalls() => _stalledUntil.Clear();

    private void LookAtRuns()
    {
        for (var i = _runs.Count - 1; i >= 0; i--)
        {
            var run = _runs[i];
            run.Worker.Coordinator.Step();
            if (!run.HasEnded) continue;
            _runs.RemoveAt(i);
            _loops.RemoveAll(l => ReferenceEquals(l.Run, run));
        }
    }

    private bool TryTurn()
    {
        // What asynchronous work goes on with stands in line with the loops.
        if (!_context.IsEmpty && chance.Below(_loops.Count + 1) == 0) return _context.TryRunOne();
        for (var left = _loops.Count; left > 0; left--)
        {
            var pick = chance.Below(left);
            var (run, loop) = _loops[pick];
            (_loops[pick], _loops[left - 1]) = (_loops[left - 1], _loops[pick]);
            _runnable.Clear();
            loop.Collect(_runnable);
            if (_stalledUntil.Count > 0) _runnable.RemoveAll(IsStalled);
            if (_runnable.Count == 0) continue;
            GiveTurn(run, loop, _runnable[chance.Below(_runnable.Count)]);
            return true;
        }

        return _context.TryRunOne();
    }

    private void GiveTurn(SimulatedRun run, EventLoop loop, Executor executor)
    {
        if (chance.Hits(options.StallChance))
        {
            Stall(executor, chance.UpTo(options.LongestStall));
            return;
        }

        if (chance.Hits(options.InterruptChance)) executor.IsOverdue = true;
        var before = TaskTotals.Of(executor);
        var progress = LoopProgress.None;
        // Only where work is asynchronous, so that code that blocks on work of its own meets no context, as in an event loop.
        if (IsAsync(executor)) _context.Run(() => progress = loop.Run(executor));
        else progress = loop.Run(executor);
        Trace.Add(MakeEntry(run, executor, progress, before, TaskTotals.Of(executor)));
        if (options.TurnTime > TimeSpan.Zero) time.Advance(options.TurnTime);
    }

    private TraceEntry MakeEntry(SimulatedRun run, Executor executor, LoopProgress progress, TaskTotals before, TaskTotals after) => new(
        Trace.Turns + 1,
        time.Elapsed,
        run.Plan.Name,
        executor.Component,
        executor.Index,
        progress == LoopProgress.Some,
        (int)(after.Emitted - before.Emitted),
        (int)(after.Executed - before.Executed),
        (int)(after.Acked - before.Acked),
        (int)(after.Failed - before.Failed),
        run.Observed.TakeHash());

    private bool IsStalled(Executor executor)
    {
        if (!_stalledUntil.TryGetValue(executor, out var until)) return false;
        if (until > time.GetTimestamp()) return true;
        _stalledUntil.Remove(executor);
        return false;
    }

    private long NextMoment()
    {
        var next = time.NextTimer;
        foreach (var until in _stalledUntil.Values) next = Math.Min(next, until);
        foreach (var run in _runs)
        {
            next = Math.Min(next, run.ToTimestamp(run.Worker.Coordinator.Deadline));
            foreach (var loop in run.Worker.Loops) next = Math.Min(next, run.ToTimestamp(loop.NextDeadline));
        }

        return next;
    }

    private static bool IsAsync(Executor executor) => executor is BoltExecutor bolt && bolt.Tasks.Any(t => t.Async is not null || t.Bolt is null);

    /// <summary>Whether asynchronous work is under way that waits for something else than manual time.</summary>
    private bool AwaitsWork() =>
        options.LongestWork > TimeSpan.Zero && time.NextTimer == long.MaxValue && _runs.Exists(run => run.Worker.Bolts.Any(b => b.Tasks.Any(t => t.Async is { Running: > 0 })));

    private bool WaitForWork() => _context.WaitForPost(options.LongestWork)
        ? true
        : throw new TestFailureException(
            $"Asynchronous work has taken {options.LongestWork.TotalSeconds:N3} s of real time, and nothing else is to be done. Have it wait by the clock of its context, which is "
            + "manual; or, where the test itself ends the work, set LongestWork in the SimulationOptions to zero.");
}
