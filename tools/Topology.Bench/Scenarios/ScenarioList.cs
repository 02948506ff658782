namespace Topology.Bench;

/// <summary>All scenarios, in the order in which they are shown and run.</summary>
internal static class ScenarioList
{
    /// <summary>The scenarios.</summary>
    public static IReadOnlyList<IScenario> All { get; } =
    [
        new HopScenario(),
        new HopAckedScenario(),
        new ChainScenario(),
        new WordCountScenario(),
        new LatencyScenario(),
        new ScaleScenario(),
        new PendingScenario(),
        new IdleScenario(),
        new BlockedScenario(),
        new AllocationScenario(),
        new ChannelScenario(),
        new PlainLoopScenario(),
        new WorkersAckedScenario(),
        new WorkersWordCountScenario(),
        new WorkersLatencyScenario(),
        new SlowTaskScenario(),
        new StartScenario(),
        new RecoveryScenario(),
        new WorkerMemoryScenario(),
        new HelpScenario(),
    ];

    /// <summary>The scenario of a name, or null.</summary>
    public static IScenario? Find(string name) => All.FirstOrDefault(scenario => scenario.Name == name);
}
