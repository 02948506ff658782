using System.Collections.Immutable;
using Topology.Messaging;
using Topology.Testing;

namespace Topology.Engine.Tests;

/// <summary>
/// Workers that share one topology, linked by a network in memory, on manual time, all driven by the test's thread in a seeded order: and the master's part, which gives the orders.
/// </summary>
internal sealed class ShareGroup
{
    private readonly Random _order;
    private readonly ImmutableArray<int> _workerOf;
    private ulong _incarnations;

    /// <param name="build">The topology; built once for each run, as each worker's own process would.</param>
    /// <param name="workers">How many workers.</param>
    /// <param name="places">The workers of each component's executors, in their order.</param>
    /// <param name="seed">What decides on the order of turns, and on delays.</param>
    /// <param name="faults">What the network does; null for one that brings each frame at some time.</param>
    /// <param name="linkOptions">The limits of links.</param>
    /// <param name="ackerPlaces">The workers of the ackers; null for all in worker 0.</param>
    public ShareGroup(Action<TopologyBuilder> build, int workers, Dictionary<string, int[]> places, int seed = 1, MemoryFaults? faults = null, LinkOptions? linkOptions = null, int[]? ackerPlaces = null)
    {
        _order = new Random(seed);
        Build = build;
        Network = new MemoryNetwork(new Random(seed), faults ?? new MemoryFaults());
        LinkOptions = linkOptions ?? new LinkOptions();
        var plan = Simulation.PlanOf(build);
        _workerOf = [.. plan.Components.SelectMany(component => places[component.Id]), .. ackerPlaces ?? new int[plan.Options.Ackers]];
        Members = new ShareMember[workers];
        for (var number = 0; number < workers; number++) Members[number] = new ShareMember(this, number, ++_incarnations);
    }

    public Action<TopologyBuilder> Build { get; }

    public MemoryNetwork Network { get; }

    public LinkOptions LinkOptions { get; }

    public ManualTime Time { get; } = new();

    public MemoryPositionStore Positions { get; } = new();

    public ShareMember[] Members { get; }

    public IEnumerable<ShareRun> Runs => Members.Select(member => member.Run);

    public ulong Generation { get; private set; }

    public WorkerOptions OptionsOf(int number, ulong incarnation) => new()
    {
        Share = new WorkerShare(number, Members.Length, _workerOf),
        Time = Time,
        IsSimulated = true,
        Seed = (ulong)_order.NextInt64(),
        Positions = Positions,
        Incarnation = (long)incarnation,
    };

    /// <summary>The first generation: all are connected and prepared, and their spouts asked.</summary>
    public ShareGroup Start()
    {
        Connect();
        foreach (var run in Runs) _ = run.PrepareAsync();
        Until(() => Runs.All(run => run.IsUp && run.PrepareAsync().IsCompletedSuccessfully), "everybody to be ready");
        SetActive(true);
        return this;
    }

    /// <summary>A new generation of the workers that there are.</summary>
    public void Connect()
    {
        NextGeneration();
        foreach (var member in Members) Connect(member);
    }

    public void NextGeneration() => Generation++;

    /// <summary>Tells one worker of the present generation.</summary>
    public void Connect(ShareMember member) => member.Run.Connect(member.Links.Assign(PeersOf(member)), member.Resources);

    /// <summary>Whom a worker talks to in the present generation.</summary>
    public PeerSet PeersOf(ShareMember member) => new(Generation, [.. Members.Where(other => other != member).Select(other => other.Wire.AsPeer())]);

    public void SetActive(bool active)
    {
        foreach (var run in Runs) run.SetActive(active);
    }

    /// <summary>The process of a worker is killed, and another one begun.</summary>
    public ShareMember Replace(int number)
    {
        Members[number].Wire.Dispose();
        return Members[number] = new ShareMember(this, number, ++_incarnations);
    }

    /// <summary>What a master does about a loss: the living fail their trees, and all are deployed in a new generation.</summary>
    public void Recover(FailKind cause, params int[] replaced)
    {
        foreach (var member in Members.Where(m => !replaced.Contains((int)m.Identity.Worker))) member.Run.FailPending(cause);
        foreach (var number in replaced) Replace(number);
        Steps(_order.Next(20));
        Start();
    }

    public void Steps(int steps)
    {
        for (var i = 0; i < steps; i++)
        {
            Network.Step();
            foreach (var member in Members) member.Step(_order);
            Time.Advance(TimeSpan.FromMicroseconds(200));
        }
    }

    public void Until(Func<bool> condition, string what, int most = 200_000)
    {
        for (var i = 0; !condition(); i++)
        {
            Assert.That(i, Is.LessThan(most), () => $"Waited in vain for {what}. {string.Join(" ", Runs.Select(run => $"[{run.Worker.Coordinator.Phase} {run.Status}]"))}");
            Steps(1);
        }
    }

    /// <summary>What a master does once it takes all spouts for ended: the end goes through everywhere.</summary>
    public void Finish()
    {
        Until(() => Runs.All(IsExhausted), "the spouts to end");
        foreach (var run in Runs.OrderBy(_ => _order.Next()).ToArray())
        {
            run.Finish();
            Steps(_order.Next(30));
        }

        Until(() => Runs.All(run => run.Completion.IsCompleted), "all to finish");
        Assert.That(Runs.Select(run => run.Completion.Result.State), Is.All.EqualTo(RunState.Completed));
        Assert.That(Runs.Select(run => (run.Status.EndOfStreamPassed, run.Status.IsCleanedUp)), Is.All.EqualTo((true, true)));
    }

    /// <summary>Whether a worker reports what a master takes for the end of all its spouts.</summary>
    public static bool IsExhausted(ShareRun run) =>
        run.Status is { Pending: 0, PositionsCommitted: true } status && status.EndedTasks.Length == run.Worker.Spouts.Sum(spout => spout.Tasks.Count);
}
