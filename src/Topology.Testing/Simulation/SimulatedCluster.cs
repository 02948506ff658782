namespace Topology.Testing;

/// <summary>
/// Runs topologies on the calling thread, deterministically: the same executors, ackers and lanes as everywhere, with a clock that goes only as the simulation does,
/// and a seed that fixes the order in which they take turns. The same seed gives the same run, turn by turn; another one finds other orders.
/// </summary>
/// <remarks>
/// <para>
/// Nothing happens except inside the methods that run it. Time goes on by a little with each turn, and leaps to the next tick, timeout or delay when nobody has
/// anything to do. For one thread at a time.
/// </para>
/// <para>
/// What the user's code takes from elsewhere is not simulated: threads of its own, <c>Task.Run</c>, files, the system's clock. Asynchronous work is, as far as it waits by
/// the clock of its context; other work is waited for in real time while the clock stands still, for as long as <see cref="SimulationOptions.LongestWork"/> says.
/// </para>
/// </remarks>
/// <example>
/// <code>
/// var sentences = new Feeder(["sentence"]);
/// using var cluster = new SimulatedCluster(new SimulationOptions { Seed = 7 });
/// var run = cluster.Submit(new WordCountTopology(sentences));
/// cluster.RunUntilIdle();
/// var moon = sentences.Feed("over the moon");
/// run.Stall("count", TimeSpan.FromMinutes(1));
/// cluster.Advance(TimeSpan.FromSeconds(40));
/// Assert.That(moon.Reason?.Kind, Is.EqualTo(FailKind.Timeout));
/// sentences.End();
/// Assert.That(run.RunToCompletion().IsLossless);
/// </code>
/// </example>
public sealed class SimulatedCluster : IDisposable
{
    /// <summary>How many turns end what a moment's passing has set off, where the topology never comes to rest.</summary>
    private const int SettlingTurns = 10_000;

    private static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    private readonly SeededChance _chance;
    private readonly List<SimulatedRun> _runs = [];

    /// <param name="options">Null for the defaults.</param>
    public SimulatedCluster(SimulationOptions? options = null)
    {
        Options = options ?? new SimulationOptions();
        Time = Options.Time ?? new ManualTime();
        _chance = new SeededChance(Options.Seed);
        Scheduler = new Scheduler(Options, Time, new SeededChance(_chance.Next()));
    }

    /// <summary>How this cluster runs its topologies.</summary>
    public SimulationOptions Options { get; }

    /// <summary>The clock of everything in it.</summary>
    public ManualTime Time { get; }

    /// <summary>What it did so far, turn by turn.</summary>
    public SimulationTrace Trace => Scheduler.Trace;

    internal Scheduler Scheduler { get; }

    /// <summary>Builds a topology and has it run in the steps that follow.</summary>
    /// <param name="topology">What to build.</param>
    /// <param name="name">The run's name; null for the class's name in kebab case, without <c>Topology</c>.</param>
    /// <param name="settings">Settings that go before what the code says.</param>
    /// <param name="active">False to submit it inactive: nothing is opened or prepared until <see cref="SimulatedRun.Activate"/>.</param>
    /// <exception cref="InvalidTopologyException">It cannot run; every error is listed.</exception>
    public SimulatedRun Submit(ITopology topology, string? name = null, IReadOnlyDictionary<string, string>? settings = null, bool active = true) =>
        Submit(TopologyPlanner.Plan(topology, name, settings), active);

    /// <summary>Has a plan run that was built before. Where it leaves the number of event loops open there are two, on every machine.</summary>
    /// <inheritdoc cref="Submit(ITopology, string?, IReadOnlyDictionary{string, string}?, bool)" path="/param[@name='active']"/>
    public SimulatedRun Submit(TopologyPlan plan, bool active = true)
    {
        ArgumentNullException.ThrowIfNull(plan);
        if (plan.Options.EventLoops == 0) plan = plan with { Options = plan.Options with { EventLoops = 2 } };
        var run = new SimulatedRun(this, plan, Options, _chance.Next());
        if (active) run.Activate();
        _runs.Add(run);
        Scheduler.Add(run);
        return run;
    }

    /// <summary>Does one thing: gives one executor a turn or, where none has anything to do, lets time go on to the next moment when one has.</summary>
    /// <returns>False when nothing is left to be done, ever.</returns>
    public bool Step() => Scheduler.TryStep() || Scheduler.TryAdvance(long.MaxValue);

    /// <summary>Runs until a condition holds, which is asked after each step.</summary>
    /// <param name="condition">The condition.</param>
    /// <param name="within">How long that may take on the cluster's clock; null for an hour.</param>
    /// <exception cref="TestFailureException">It does not hold by then, or nothing is left to be done.</exception>
    public void RunUntil(Func<bool> condition, TimeSpan? within = null)
    {
        ArgumentNullException.ThrowIfNull(condition);
        var end = TimestampAfter(within ?? Longest);
        var turns = 0;
        var before = Time.GetTimestamp();
        while (!condition())
        {
            if (Time.GetTimestamp() >= end) throw Failed($"The condition did not hold within {within ?? Longest} of the cluster's time.");
            if (!Scheduler.TryStep() && !condition() && !Scheduler.TryAdvance(end)) EndWait(end);
            CheckTurns(ref turns, ref before);
        }
    }

    /// <summary>Runs until every run has ended.</summary>
    /// <exception cref="TestFailureException">One did not end within an hour of the cluster's time.</exception>
    public void RunToCompletion() => RunUntil(() => _runs.TrueForAll(r => r.HasEnded));

    /// <summary>Runs until nobody has anything to do before the clock goes on, as it does by no more than the time that turns take.</summary>
    /// <exception cref="TestFailureException">There is no end to it: so many turns as the options allow did not bring it to rest.</exception>
    public void RunUntilIdle()
    {
        for (var turns = 0; Scheduler.TryStep(); turns++)
        {
            if (turns == Options.TurnLimit) throw Failed($"The topology does not come to rest: it had {Options.TurnLimit:N0} turns. Use RunUntil or Advance.");
        }
    }

    /// <summary>
    /// Runs for a time on the cluster's clock, with everything that falls due until its end, and then until nobody has anything to do, or for 10,000 turns where that
    /// never comes.
    /// </summary>
    /// <param name="by">How long.</param>
    /// <exception cref="ArgumentOutOfRangeException">The span is negative.</exception>
    public void Advance(TimeSpan by)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(by, TimeSpan.Zero);
        var end = TimestampAfter(by);
        var turns = 0;
        var before = Time.GetTimestamp();
        while (Time.GetTimestamp() < end)
        {
            if (!Scheduler.TryStep() && !Scheduler.TryAdvance(end)) Scheduler.AdvanceTo(end);
            CheckTurns(ref turns, ref before);
        }

        for (var left = SettlingTurns; left > 0 && Scheduler.TryStep(); left--)
        {
        }
    }

    /// <summary>Ends every run that is left, without draining, so that its components are cleaned up.</summary>
    public void Dispose()
    {
        Scheduler.EndStalls();
        foreach (var run in _runs) run.RequestStop(TimeSpan.Zero);
        for (var left = Options.TurnLimit; left > 0 && !_runs.TrueForAll(r => r.HasEnded) && Step(); left--)
        {
        }
    }

    /// <summary>Nothing more happens before the end of a wait: goes there, where there is anything to come at all.</summary>
    private void EndWait(long end)
    {
        if (_runs.TrueForAll(r => r.HasEnded)) throw Failed("The condition does not hold, and nothing is left to be done.");
        Scheduler.AdvanceTo(end);
    }

    private long TimestampAfter(TimeSpan span) => Time.GetTimestamp() + (span.Ticks * TimeSpan.NanosecondsPerTick);

    private void CheckTurns(ref int turns, ref long before)
    {
        var now = Time.GetTimestamp();
        if (now != before) (turns, before) = (0, now);
        else if (++turns == Options.TurnLimit) throw Failed($"The topology had {Options.TurnLimit:N0} turns at one moment of its clock: give TurnTime a value above zero.");
    }

    private TestFailureException Failed(string message)
    {
        var states = string.Join(", ", _runs.Select(r => $"{r.Plan.Name} is {r.State}"));
        return new($"{message} (seed {Options.Seed}; {Trace.Turns:N0} turns; {states})");
    }
}
