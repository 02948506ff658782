namespace Topology.Cli;

/// <summary>
/// Puts options first and the rest behind <c>--</c>. The parser gives an option that may be repeated every word that follows it, and forgives a value that is
/// missing at the end; here each option takes exactly one.
/// </summary>
internal static class ArgumentOrder
{
    public static IReadOnlyList<string> Of(IReadOnlyList<string> args, OptionList known, string hint)
    {
        List<string> options = [], words = [];
        for (var i = 0; i < args.Count; i++)
        {
            var argument = args[i];
            if (argument == "--")
            {
                words.AddRange(args.Skip(i + 1));
                break;
            }

            if (argument.Length < 2 || argument[0] != '-')
                words.Add(argument);
            else if (known.Find(argument) is not { } found)
                throw Unknown(argument, known, hint);
            else if (found.IsFlag)
                options.Add(found.Value is null ? "--" + found.Option.LongName : throw Problem(argument, "takes no value", hint));
            else
                options.Add($"--{found.Option.LongName}={found.Value ?? Next(args, ref i, argument, hint)}");
        }

        return [.. options, "--", .. words];
    }

    private static string Next(IReadOnlyList<string> args, ref int index, string option, string hint)
    {
        if (index + 1 == args.Count || args[index + 1].StartsWith("--", StringComparison.Ordinal)) throw Problem(option, "needs a value", hint);
        return args[++index];
    }

    private static CommandException Unknown(string argument, OptionList known, string hint)
    {
        var name = argument.Split('=', 2)[0];
        var names = known.Options.Select(o => "--" + o.Option.LongName).Append("--help");
        return new CommandException(ExitCode.Usage, $"no option '{name}'{Suggestion.For(name, names)}", hint);
    }

    private static CommandException Problem(string argument, string problem, string hint) =>
        new(ExitCode.Usage, $"{argument.Split('=', 2)[0]} {problem}", hint);
}
