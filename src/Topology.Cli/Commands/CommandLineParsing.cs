using CommandLine;

namespace Topology.Cli;

/// <summary>Reads a command's arguments.</summary>
internal static class CommandLineParsing
{
    /// <summary>The arguments of a command.</summary>
    /// <param name="verb">The command.</param>
    /// <param name="args">What was given, the command's name first.</param>
    /// <param name="context">Whose command.</param>
    /// <exception cref="CommandException">They cannot be read.</exception>
    public static CommandArguments Parse(CommandVerb verb, string[] args, CommandContext context)
    {
        var hint = $"{context.Program} {verb.Name} --help";
        var known = OptionList.Of(verb.Arguments);
        // The program that holds its topologies needs no path; the parser, which knows one set of arguments, gets the program's name for it.
        IEnumerable<string> path = context.Own is { } own ? [own.GetName().Name!] : [];
        var ordered = ArgumentOrder.Of(args[1..], known, hint).ToList();
        var words = ordered.IndexOf("--") + 1;
        ordered.InsertRange(words, path);
        if (WordList.Of(verb.Arguments).Problem(ordered[words..]) is { } problem) throw new CommandException(ExitCode.Usage, problem, hint);

        using var parser = new Parser(settings =>
        {
            settings.HelpWriter = null;
            settings.AutoHelp = false;
            settings.AutoVersion = false;
            settings.AllowMultiInstance = true;
            settings.CaseInsensitiveEnumValues = true;
            settings.EnableDashDash = true;
        });
        var result = parser.ParseArguments(() => (CommandArguments)Activator.CreateInstance(verb.Arguments)!, ordered);
        return result.Value ?? throw new CommandException(ExitCode.Usage, [.. result.Errors.Select(e => Describe(e, known, ordered)).Distinct()], hint);
    }

    private static string Describe(Error error, OptionList known, IReadOnlyList<string> given) => error switch
    {
        BadFormatConversionError { NameInfo.LongName: var name } => $"{Given(name, given)}: {Expected(name, known)} is needed",
        MissingRequiredOptionError { NameInfo.LongName: var name } => $"--{name} is missing",
        NamedError { NameInfo.LongName: var name } => $"{Given(name, given)} cannot be read",
        TokenError token => $"'{token.Token}' cannot be read",
        _ => $"the arguments cannot be read ({error.Tag})",
    };

    private static string Given(string name, IReadOnlyList<string> given) =>
        given.LastOrDefault(a => a.StartsWith($"--{name}=", StringComparison.Ordinal))?.Replace('=', ' ') ?? "--" + name;

    private static string Expected(string name, OptionList known)
    {
        var type = known.Options.First(o => o.Option.LongName == name).Type;
        return (Nullable.GetUnderlyingType(type) ?? type) is { IsEnum: true } choice ? OneOf(Enum.GetNames(choice)) : "a whole number";
    }

    private static string OneOf(string[] names) => $"{string.Join(", ", names[..^1])} or {names[^1]}".ToLowerInvariant();
}
