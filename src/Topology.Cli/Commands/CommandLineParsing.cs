using CommandLine;

namespace Topology.Cli;

/// <summary>Reads a command's arguments.</summary>
internal static class CommandLineParsing
{
    /// <summary>The arguments of the command that the first of them names.</summary>
    /// <exception cref="CommandException">They cannot be read.</exception>
    public static TopologyArguments Parse(string[] args, CommandContext context)
    {
        var type = CommandVerbs.Find(args[0], context);
        var hint = $"{context.Program} {args[0]} --help";
        var known = OptionList.Of(type);
        // The program that holds its topologies needs no path; the parser, which knows one set of arguments, gets the program's name for it.
        IEnumerable<string> path = context.Own is { } own ? [own.GetName().Name!] : [];
        var ordered = ArgumentOrder.Of(args[1..], known, hint).ToList();
        ordered.InsertRange(ordered.IndexOf("--") + 1, path);

        using var parser = new Parser(settings =>
        {
            settings.HelpWriter = null;
            settings.AutoHelp = false;
            settings.AutoVersion = false;
            settings.AllowMultiInstance = true;
            settings.CaseInsensitiveEnumValues = true;
            settings.EnableDashDash = true;
        });
        var result = parser.ParseArguments([args[0], .. ordered], [.. CommandVerbs.Types]);
        if (result.Value is not TopologyArguments arguments)
            throw new CommandException(ExitCode.Usage, [.. result.Errors.Select(e => Describe(e, known, ordered)).Distinct()], hint);
        if (arguments.Surplus?.FirstOrDefault() is { } surplus)
            throw new CommandException(ExitCode.Usage, $"'{surplus}' is one argument too many", hint);
        return arguments;
    }

    private static string Describe(Error error, OptionList known, IReadOnlyList<string> given) => error switch
    {
        BadFormatConversionError { NameInfo.LongName: var name } => $"{Given(name, given)}: {Expected(name, known)} is needed",
        MissingRequiredOptionError => "PATH is missing: a project's folder or file, or an assembly",
        NamedError { NameInfo.LongName: var name } => $"{Given(name, given)} cannot be read",
        TokenError token => $"'{token.Token}' cannot be read",
        _ => $"the arguments cannot be read ({error.Tag})",
    };

    private static string Given(string name, IReadOnlyList<string> given) =>
        given.LastOrDefault(a => a.StartsWith($"--{name}=", StringComparison.Ordinal))?.Replace('=', ' ') ?? "--" + name;

    private static string Expected(string name, OptionList known)
    {
        var type = known.Options.First(o => o.Option.LongName == name).Type;
        return type.IsEnum ? string.Join(" or ", Enum.GetNames(type)).ToLowerInvariant() : "a whole number";
    }
}
