namespace Topology.Cli;

/// <summary>A wish for help, on one command or on all.</summary>
internal sealed record HelpRequest(string? Verb)
{
    /// <returns>Null where the arguments ask for something else.</returns>
    public static HelpRequest? Find(string[] args)
    {
        if (args[0] == "help") return new HelpRequest(args.ElementAtOrDefault(1));
        var own = args.TakeWhile(a => a != "--").ToList();
        if (!own.Contains("--help") && !own.Contains("-h")) return null;
        return new HelpRequest(own[0].StartsWith('-') ? null : own[0]);
    }

    /// <exception cref="CommandException">There is no such command.</exception>
    public string Text(CommandContext context) =>
        Verb is null or "help" or "version" ? HelpText.Program(context) : HelpText.Command(CommandVerbs.Find(Verb, context), context);
}
