using System.Globalization;
using Topology.Cluster;

namespace Topology.Cli;

/// <summary>Shows the hosts that keep workers.</summary>
internal static class SupervisorsCommand
{
    public static async Task<int> ExecuteAsync(ReadingArguments arguments, CommandContext context)
    {
        var supervisors = await context.Connect(arguments).SupervisorsAsync().ConfigureAwait(false);
        Answer.Write(supervisors, s => s.Id, Table, arguments.Output, context.Console);
        return ExitCode.Success;

        void Table()
        {
            if (supervisors.IsEmpty) context.Lines.Write("no supervisor has joined");
            else Answer.WriteTable(Columns(context.Time.GetUtcNow()), supervisors, context.Console);
        }
    }

    private static Column<SupervisorDescription>[] Columns(DateTimeOffset now) =>
    [
        new("supervisor", s => OneLine.Of(s.Id), IsText: true),
        new("workers", s => string.Create(CultureInfo.InvariantCulture, $"{s.UsedSlots} of {s.Slots}")),
        new("heard", s => Figures.Age(now - s.HeardAt) + " ago", 1),
        new("host", s => OneLine.Of(s.Host), 2, IsText: true),
        new("where", s => s.IsLocal ? "with the daemon" : s.IsAway ? "away" : "joined", 2, IsText: true),
    ];
}
