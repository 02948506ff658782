namespace Topology.Cli;

/// <summary>A command.</summary>
/// <param name="Name">What follows the program's name.</param>
/// <param name="Group">Where the help lists it.</param>
/// <param name="Meaning">What it does, for the help.</param>
/// <param name="Arguments">The class of its arguments.</param>
/// <param name="RunAsync">Runs it, to its exit code.</param>
internal sealed record CommandVerb(string Name, VerbGroup Group, string Meaning, Type Arguments, Func<CommandArguments, CommandContext, Task<int>> RunAsync)
{
    /// <summary>More for its help, a paragraph; null for nothing.</summary>
    public string? Note { get; init; }

    /// <summary>A command of some class of arguments.</summary>
    public static CommandVerb Of<TArguments>(string name, VerbGroup group, string meaning, Func<TArguments, CommandContext, Task<int>> run, string? note = null) where TArguments : CommandArguments =>
        new(name, group, meaning, typeof(TArguments), (arguments, context) => run((TArguments)arguments, context)) { Note = note };

    /// <summary>A command that asks a cluster.</summary>
    public static CommandVerb OfCluster<TArguments>(string name, VerbGroup group, string meaning, Func<TArguments, CommandContext, Task<int>> run, string? note = null) where TArguments : CommandArguments =>
        Of<TArguments>(name, group, meaning, (arguments, context) => ClusterProblems.RunAsync(() => run(arguments, context)), note);
}
