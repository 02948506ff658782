namespace Topology.Messaging.Tests;

/// <summary>Workers on a network in memory, on manual time, all driven by the test's thread.</summary>
internal sealed class SimulatedWorkers(int seed = 1, MemoryFaults? faults = null, LinkOptions? options = null)
{
    public const ulong Topology = 7;

    private readonly List<SimulatedWorker> _workers = [];

    /// <summary>Of one step.</summary>
    public static TimeSpan Tick { get; } = TimeSpan.FromMilliseconds(1);

    public LinkOptions Options { get; } = options ?? new();

    public ManualClock Time { get; } = new();

    public MemoryNetwork Network { get; } = new(new Random(seed), faults ?? MemoryFaults.None);

    public SimulatedWorker Add(uint number, ulong incarnation)
    {
        var worker = new SimulatedWorker(this, number, incarnation);
        _workers.Add(worker);
        return worker;
    }

    /// <summary>Two workers that have said hello.</summary>
    public (SimulatedWorker A, SimulatedWorker B) Pair()
    {
        var (a, b) = (Add(1, 0xA), Add(2, 0xB));
        a.Assign(1, b);
        b.Assign(1, a);
        Until(() => a.Handler.Events.Contains("up 2") && b.Handler.Events.Contains("up 1"));
        return (a, b);
    }

    public void Step(int steps = 1)
    {
        for (var i = 0; i < steps; i++)
        {
            Network.Step();
            foreach (var worker in _workers)
                if (!worker.IsFrozen) worker.Links.Turn();
            Time.Advance(Tick);
        }
    }

    public void Step(TimeSpan time) => Step((int)(time / Tick));

    public void Until(Func<bool> condition, int most = 100_000)
    {
        for (var i = 0; i < most; i++)
        {
            if (condition()) return;
            Step();
        }

        Assert.Fail($"Not within {most} steps. {string.Join("; ", _workers.Select(worker => $"{worker.Me.Worker}: {string.Join(", ", worker.Handler.Events)}"))}");
    }
}
