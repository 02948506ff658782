using Topology.Cluster;

namespace Topology.Cli;

/// <summary>The commands, by the name that follows the program's.</summary>
internal static class CommandVerbs
{
    private const string RunNote = "Ctrl-C and SIGTERM drain and stop the run; a second one stops it at once. Rates, logs and errors go to standard error, the summary to "
        + "standard output. NO_COLOR is respected.";

    private const string UpNote = "Ctrl-C and SIGTERM end the daemon. Workers go on for a while, until the next daemon takes them over; 'down' ends them in order.";

    private const string TokenNote = "The daemon has to be up with --listen. The token goes to standard output and is kept nowhere: whoever reads it may join.";

    private const string JoinNote = "The token comes from a file or standard input, never from an argument or the environment. It is needed once: from then on the supervisor is known by a key in its data directory, and "
        + "'join' without a token takes up its workers again. Ctrl-C and SIGTERM end it; its workers go on for 30 s, in which the next one takes them over. One that loses the daemon kills its workers before the daemon "
        + "starts others elsewhere.";

    private const string SubmitNote = "The id goes to standard output. Where no daemon of this machine is up, and neither an address nor a context is meant, one is started in the background. "
        + "Ctrl-C while it waits leaves the topology running.";

    /// <summary>Commands that take options.</summary>
    public static IReadOnlyList<CommandVerb> Verbs { get; } =
    [
        CommandVerb.Of<RunArguments>("run", VerbGroup.Local, "builds, loads and runs a topology in this process", RunCommand.ExecuteAsync, RunNote),
        CommandVerb.Of<ValidateArguments>("validate", VerbGroup.Local, "prints a topology's plan, or every error in it, and runs nothing", (a, c) => Task.FromResult(ValidateCommand.Execute(a, c))),
        CommandVerb.OfCluster<UpArguments>("up", VerbGroup.Daemon, "is a cluster's daemon, or starts one, and resumes what 'down' drained", UpCommand.ExecuteAsync, UpNote),
        CommandVerb.OfCluster<DownArguments>("down", VerbGroup.Daemon, "drains all topologies and ends the daemon", DownCommand.ExecuteAsync),
        CommandVerb.OfCluster<ReadingArguments>("token", VerbGroup.Daemon, "prints a token by which a supervisor of another host joins, once, within the hour", TokenCommand.ExecuteAsync, TokenNote),
        CommandVerb.OfCluster<JoinArguments>("join", VerbGroup.Daemon, "is a supervisor that keeps workers of a daemon on another host", JoinCommand.ExecuteAsync, JoinNote),
        CommandVerb.OfCluster<DoctorArguments>("doctor", VerbGroup.Daemon, "looks at what a cluster needs on this machine, and mends what it can", DoctorCommand.ExecuteAsync),
        CommandVerb.OfCluster<SubmitArguments>("submit", VerbGroup.Change, "builds, uploads and starts a topology in a cluster", SubmitCommand.ExecuteAsync, SubmitNote),
        CommandVerb.OfCluster<KillArguments>("kill", VerbGroup.Change, "ends topologies for good", KillCommand.ExecuteAsync),
        CommandVerb.OfCluster<TopologyNameArguments>("activate", VerbGroup.Change, "has a topology's spouts emit", (a, c) => ChangeCommand.ExecuteAsync(a, new TopologyCommand.Activate(a.Name), c)),
        CommandVerb.OfCluster<TopologyNameArguments>(
            "deactivate", VerbGroup.Change, "has a topology's spouts rest; its workers stay", (a, c) => ChangeCommand.ExecuteAsync(a, new TopologyCommand.Deactivate(a.Name), c)),
        CommandVerb.OfCluster<RebalanceArguments>(
            "rebalance",
            VerbGroup.Change,
            "deals a topology's executors to its workers, or to another number of them; changes their numbers",
            (a, c) => ChangeCommand.ExecuteAsync(a, new TopologyCommand.Rebalance(a.Name, a.Workers, DurationOption.Read("--wait", a.Wait), ExecutorCounts.Read(a.Executors)), c)),
        CommandVerb.OfCluster<DrainArguments>(
            "drain",
            VerbGroup.Change,
            "works off what is in flight and ends the workers; the topology stays",
            (a, c) => ChangeCommand.ExecuteAsync(a, new TopologyCommand.Drain(a.Name, DurationOption.Read("--wait", a.Wait)), c)),
        CommandVerb.OfCluster<TopologyNameArguments>("resume", VerbGroup.Change, "starts a drained topology again", (a, c) => ChangeCommand.ExecuteAsync(a, new TopologyCommand.Resume(a.Name), c)),
        CommandVerb.OfCluster<ReadingArguments>("list", VerbGroup.Look, "shows all topologies with their states", ListCommand.ExecuteAsync),
        CommandVerb.OfCluster<TopologyReadingArguments>("describe", VerbGroup.Look, "shows all about a topology: counters, latencies, workers, links", DescribeCommand.ExecuteAsync),
        CommandVerb.OfCluster<TopArguments>("top", VerbGroup.Look, "shows what a topology does now, each second; q or Ctrl-C ends it", TopCommand.ExecuteAsync),
        CommandVerb.OfCluster<LogsArguments>("logs", VerbGroup.Look, "shows the logs of a topology's workers, merged", LogsCommand.ExecuteAsync),
        CommandVerb.OfCluster<TopologyReadingArguments>("errors", VerbGroup.Look, "shows what a topology's code threw or reported", ErrorsCommand.ExecuteAsync),
        CommandVerb.OfCluster<WorkersArguments>("workers", VerbGroup.Look, "shows the workers of topologies", WorkersCommand.ExecuteAsync),
        CommandVerb.OfCluster<SupervisorsArguments>("supervisors", VerbGroup.Look, "shows the hosts that keep workers, or forgets one", SupervisorsCommand.ExecuteAsync),
        CommandVerb.Of<ContextArguments>("context", VerbGroup.Program, "keeps names for clusters: add, use, list, remove", ContextCommand.ExecuteAsync),
        CommandVerb.Of<CompletionArguments>("completion", VerbGroup.Program, "prints a script for completion in bash, zsh or fish", CompletionCommand.ExecuteAsync),
    ];

    /// <summary>Every command of a program with what it does: one that is its topology's own has those in this process.</summary>
    public static IEnumerable<(string Name, VerbGroup Group, string Meaning)> Of(CommandContext context) =>
    [
        .. Available(context).Select(v => (v.Name, v.Group, v.Meaning)),
        ("help", VerbGroup.Program, "prints this, or what a command takes: help run"),
        ("version", VerbGroup.Program, "prints the version"),
    ];

    /// <summary>The command of a name.</summary>
    /// <exception cref="CommandException">There is none.</exception>
    public static CommandVerb Find(string name, CommandContext context) => Available(context).FirstOrDefault(v => v.Name == name) ?? throw Unknown(name, context);

    private static IEnumerable<CommandVerb> Available(CommandContext context) => context.Own is null ? Verbs : Verbs.Where(v => v.Group == VerbGroup.Local);

    private static CommandException Unknown(string name, CommandContext context)
    {
        var what = name.StartsWith('-') ? "option" : "command";
        return new CommandException(ExitCode.Usage, $"no {what} '{name}'{Suggestion.For(name, Of(context).Select(v => v.Name))}", $"{context.Program} --help");
    }
}
