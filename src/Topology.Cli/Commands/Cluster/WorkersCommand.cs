using System.Globalization;
using Topology.Cluster;

namespace Topology.Cli;

/// <summary>Shows the workers of topologies.</summary>
internal static class WorkersCommand
{
    private static readonly Column<WorkerOfTopology>[] Columns =
    [
        new("topology", w => OneLine.Of(w.Topology), IsText: true),
        new("worker", w => Figures.Exact(w.Id)),
        new("pid", w => w.Pid?.ToString(CultureInfo.InvariantCulture) ?? "-"),
        new("host", w => OneLine.Of(w.Host), 3, IsText: true),
        new("restarts", w => Figures.Short(w.Restarts), 2),
        new("memory", w => Figures.Bytes(w.RssBytes), 1),
        new("up", w => Figures.Age(TimeSpan.FromSeconds(w.UptimeSeconds)), 4),
        new("endpoint", w => OneLine.Of(w.Endpoint ?? "-"), 5, IsText: true),
    ];

    public static async Task<int> ExecuteAsync(WorkersArguments arguments, CommandContext context)
    {
        var service = context.Connect(arguments);
        List<WorkerOfTopology> workers = [];
        foreach (var topology in await TopologiesAsync(arguments.Name, service).ConfigureAwait(false))
            workers.AddRange(topology.Workers.Select(w => new WorkerOfTopology(topology.Name, w.Id, w.Pid, w.Host, w.Endpoint, w.Restarts, w.RssBytes, w.UptimeSeconds)));
        Answer.Write(workers, w => string.Create(CultureInfo.InvariantCulture, $"{w.Topology}/{w.Id}"), Table, arguments.Output, context.Console);
        return ExitCode.Success;

        void Table()
        {
            if (workers.Count == 0) context.Lines.Write("no workers");
            else Answer.WriteTable(Columns, workers, context.Console);
        }
    }

    private static async Task<IReadOnlyList<TopologyDescription>> TopologiesAsync(string? name, IClusterService service)
    {
        if (name is not null) return [await service.RequireAsync(name, await service.DescribeAsync(name).ConfigureAwait(false)).ConfigureAwait(false)];
        List<TopologyDescription> living = [];
        foreach (var topology in await service.ListAsync().ConfigureAwait(false))
        {
            // One may be forgotten between the two questions.
            if (!States.IsEnded(topology.State) && await service.DescribeAsync(topology.Id).ConfigureAwait(false) is { } description) living.Add(description);
        }

        return living;
    }
}
