namespace Topology.Cli;

/// <summary>Ends a command with lines for people: what is wrong, one line each, and what to do next.</summary>
internal sealed class CommandException(int exitCode, IReadOnlyList<string> problems, string? next = null, Exception? cause = null)
    : Exception(string.Join(Environment.NewLine, problems), cause)
{
    public CommandException(int exitCode, string problem, string? next = null, Exception? cause = null) : this(exitCode, [problem], next, cause)
    {
    }

    public int ExitCode { get; } = exitCode;

    public IReadOnlyList<string> Problems { get; } = problems;

    /// <summary>A command to run or a thing to change; null where nothing helps.</summary>
    public string? Next { get; } = next;
}
