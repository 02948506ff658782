using Topology.Cluster;

namespace Topology.Cli;

/// <summary>Shows all topologies, those that have ended too.</summary>
internal static class ListCommand
{
    public static async Task<int> ExecuteAsync(ReadingArguments arguments, CommandContext context)
    {
        var topologies = await context.Connect(arguments).ListAsync().ConfigureAwait(false);
        Answer.Write(topologies, t => t.Name, Table, arguments.Output, context.Console);
        return ExitCode.Success;

        void Table()
        {
            if (topologies.IsEmpty) context.Lines.Write("no topologies; to run one: topology submit PATH");
            else Answer.WriteTable(Columns(context.Time.GetUtcNow()), topologies, context.Console);
        }
    }

    private static Column<TopologySummary>[] Columns(DateTimeOffset now) =>
    [
        new("name", t => OneLine.Of(t.Name), IsText: true),
        new("state", t => t.State, IsText: true),
        new("age", t => Figures.Age(now - t.SubmittedAt), 3),
        new("workers", t => Figures.Exact(t.Workers), 4),
        new("executors", t => Figures.Exact(t.Executors), 6),
        new("tasks", t => Figures.Exact(t.Tasks), 5),
        new("acked", t => Figures.Short(t.Acked), 2),
        new("failed", t => Figures.Short(t.Failed), 1),
        new("id", t => OneLine.Of(t.Id), 8, IsText: true),
        new("why", t => OneLine.Of(t.Reason ?? ""), 7, IsText: true),
    ];
}
