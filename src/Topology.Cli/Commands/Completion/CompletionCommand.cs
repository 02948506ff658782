namespace Topology.Cli;

/// <summary>Prints a script with which a shell completes commands, options, files, and names of topologies and contexts.</summary>
internal static class CompletionCommand
{
    public static IReadOnlyList<string> Shells { get; } = ["bash", "zsh", "fish"];

    public static Task<int> ExecuteAsync(CompletionArguments arguments, CommandContext context)
    {
        var verbs = CompletedVerb.All(context);
        context.Console.Out.Write(arguments.Shell switch
        {
            "bash" => BashCompletion.Of(verbs),
            "zsh" => ZshCompletion.Of(verbs),
            "fish" => FishCompletion.Of(verbs),
            var shell => throw new CommandException(ExitCode.Usage, $"no completion for '{shell}'{Suggestion.For(shell, Shells)}", "topology completion bash, zsh or fish"),
        });
        return Task.FromResult(ExitCode.Success);
    }
}
