using System.Globalization;
using Topology.Cluster;

namespace Topology.Cli;

/// <summary>Shows the hosts that keep workers, or forgets one.</summary>
internal static class SupervisorsCommand
{
    public static async Task<int> ExecuteAsync(SupervisorsArguments arguments, CommandContext context)
    {
        var service = context.Connect(arguments);
        if (arguments.Forget is { } name) return await ForgetAsync(service, name, context).ConfigureAwait(false);
        var supervisors = await service.SupervisorsAsync().ConfigureAwait(false);
        Answer.Write(supervisors, s => s.Id, Table, arguments.Output, context.Console);
        return ExitCode.Success;

        void Table()
        {
            if (supervisors.IsEmpty) context.Lines.Write("no supervisor has joined");
            else Answer.WriteTable(Columns(context.Time.GetUtcNow()), supervisors, context.Console);
        }
    }

    private static async Task<int> ForgetAsync(IClusterService service, string name, CommandContext context)
    {
        if (!await service.ForgetSupervisorAsync(name).ConfigureAwait(false))
        {
            var names = (await service.SupervisorsAsync().ConfigureAwait(false)).Where(s => !s.IsLocal).Select(s => s.Id);
            throw new CommandException(ExitCode.NotFound, $"no supervisor '{name}' has joined{Suggestion.For(name, names)}", "topology supervisors");
        }

        context.Lines.Write(OneLine.Of($"supervisor {name} is let in no more: it kills its workers, and others take their place when its lease has ended, within a minute or two; it may join again with a new token"));
        return ExitCode.Success;
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
