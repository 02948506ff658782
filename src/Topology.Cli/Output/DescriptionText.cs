using System.Globalization;
using Topology.Cluster;

namespace Topology.Cli;

/// <summary>All about a topology, for people.</summary>
internal static class DescriptionText
{
    private static readonly Column<ComponentDescription>[] Components =
    [
        new("component", c => OneLine.Of(c.Id), IsText: true),
        new("ex", c => Figures.Short(c.Executors), 9),
        new("tasks", c => Figures.Short(c.Tasks), 10),
        new("emitted", c => Figures.Short(c.Emitted), 3),
        new("executed", c => IsSpout(c) ? "-" : Figures.Short(c.Executed), 2),
        new("acked", c => Figures.Short(c.Acked)),
        new("failed", c => Figures.Short(c.Failed)),
        new("execute\np50", c => Figures.Latency(c.ExecuteP50Us), 6),
        new("execute\np99", c => Figures.Latency(c.ExecuteP99Us), 5),
        new("complete\np50", c => Figures.Latency(c.CompleteP50Us), 6),
        new("complete\np99", c => Figures.Latency(c.CompleteP99Us), 5),
        new("busy", c => Figures.Share(c.Capacity), 4),
        new("queue", c => IsSpout(c) ? "-" : Figures.Short(c.QueueDepth), 7),
    ];

    private static readonly Column<WorkerDescription>[] Workers =
    [
        new("worker", w => Figures.Exact(w.Id), IsText: true),
        new("pid", w => w.Pid?.ToString(CultureInfo.InvariantCulture) ?? "-"),
        new("host", w => OneLine.Of(w.Host), 2, IsText: true),
        new("restarts", w => Figures.Short(w.Restarts)),
        new("memory", w => Figures.Bytes(w.RssBytes), 1),
        new("up", w => Figures.Age(TimeSpan.FromSeconds(w.UptimeSeconds)), 3),
        new("endpoint", w => OneLine.Of(w.Endpoint ?? "-"), 4, IsText: true),
    ];

    private static readonly Column<LinkDescription>[] Links =
    [
        new("link", l => string.Create(CultureInfo.InvariantCulture, $"{l.From} → {l.To}"), IsText: true),
        new("sent", l => Figures.Bytes(l.Bytes)),
        new("frames", l => Figures.Short(l.Frames)),
        new("reconnects", l => Figures.Short(l.Reconnects), 1),
    ];

    public static void Write(TopologyDescription topology, CommandContext context)
    {
        var output = context.Console.Out;
        output.WriteLine(OneLine.Of($"{topology.Name}  {topology.State}{(topology.Reason is { } reason ? $": {reason}" : "")}"));
        output.WriteLine(OneLine.Of($"id          {topology.Id}"));
        WriteTime("submitted", topology.SubmittedAt, context);
        WriteTime("first ack", topology.FirstAckAt, context);
        WriteTime("ended", topology.CompletedAt, context);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"generation  {topology.Generation}"));
        output.WriteLine();
        Answer.WriteTable(Components, topology.Components, context.Console);
        foreach (var component in topology.Components.Where(c => c.FailedByReason.Count > 0))
            output.WriteLine(OneLine.Of($"failed in {component.Id}: {string.Join(", ", component.FailedByReason.Select(r => $"{Figures.Exact(r.Value)} {FailNames.Words(r.Key)}"))}"));
        WritePart(Workers, topology.Workers, context.Console);
        WritePart(Links, topology.Links, context.Console);
    }

    private static void WritePart<T>(Column<T>[] columns, IReadOnlyList<T> rows, IConsole console)
    {
        if (rows.Count == 0) return;
        console.Out.WriteLine();
        Answer.WriteTable(columns, rows, console);
    }

    private static void WriteTime(string name, DateTimeOffset? time, CommandContext context)
    {
        if (time is not { } at) return;
        context.Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-10}  {at.UtcDateTime:yyyy-MM-dd HH:mm:ss}Z, {Figures.Age(context.Time.GetUtcNow() - at)} ago"));
    }

    private static bool IsSpout(ComponentDescription component) => component.Kind == "spout";
}
