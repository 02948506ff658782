namespace Topology.Cli;

/// <summary>The live rates of a run's components as a table.</summary>
internal static class RateTable
{
    private static readonly Column<ComponentRates>[] Columns =
    [
        new("component", r => r.Now.Id, IsText: true),
        new("kind", r => r.Now.Kind == ComponentKind.Spout ? "spout" : "bolt", 9, IsText: true),
        new("ex", r => Figures.Short(r.Now.Executors), 8),
        new("emit/s", r => Figures.Short(r.EmittedPerSecond)),
        new("exec/s", r => r.Now.Kind == ComponentKind.Spout ? "-" : Figures.Short(r.ExecutedPerSecond)),
        new("acked", r => Figures.Short(r.Now.Acked), 3),
        new("failed", r => Figures.Short(r.Now.Failed), 1),
        new("pend", r => r.Now.Kind == ComponentKind.Spout ? Figures.Short(r.Now.Pending) : "-", 5),
        new("queue", r => r.Now.Kind == ComponentKind.Spout ? "-" : Figures.Short(r.Now.QueueDepth), 4),
        new("p99", r => Figures.Latency(r.Now.ExecuteLatency.P99Microseconds), 6),
        new("state", r => r.State, 2, IsText: true),
    ];

    public static Grid<ComponentRates> Of(IReadOnlyList<ComponentRates> rates, int width) => new(Columns, rates, width);
}
