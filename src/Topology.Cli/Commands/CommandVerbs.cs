using System.Reflection;
using CommandLine;

namespace Topology.Cli;

/// <summary>The commands, by the name that follows the program's.</summary>
internal static class CommandVerbs
{
    /// <summary>Commands that take options.</summary>
    public static IReadOnlyList<Type> Types { get; } = [typeof(RunArguments), typeof(ValidateArguments)];

    /// <summary>Every command with what it does.</summary>
    public static IEnumerable<(string Name, string Meaning)> All =>
    [
        .. Types.Select(t => t.GetCustomAttribute<VerbAttribute>()!).Select(v => (v.Name, v.HelpText)),
        ("help", "prints this, or what a command takes: help run"),
        ("version", "prints the version"),
    ];

    /// <summary>The arguments' type of a command.</summary>
    /// <exception cref="CommandException">There is no such command.</exception>
    public static Type Find(string name, CommandContext context) =>
        Types.FirstOrDefault(t => t.GetCustomAttribute<VerbAttribute>()!.Name == name) ?? throw Unknown(name, context);

    private static CommandException Unknown(string name, CommandContext context)
    {
        var what = name.StartsWith('-') ? "option" : "command";
        return new CommandException(ExitCode.Usage, $"no {what} '{name}'{Suggestion.For(name, All.Select(v => v.Name))}", $"{context.Program} --help");
    }
}
