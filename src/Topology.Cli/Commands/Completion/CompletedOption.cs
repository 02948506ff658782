namespace Topology.Cli;

/// <summary>An option as shells complete it.</summary>
/// <param name="Long">Its name, without dashes.</param>
/// <param name="Short">Its letter; empty for none.</param>
/// <param name="Meaning">What it says.</param>
/// <param name="Value">What follows it.</param>
internal sealed record CompletedOption(string Long, string Short, string Meaning, CompletedWord Value)
{
    /// <summary>How it is written: <c>--output</c>, and <c>-o</c>.</summary>
    public IEnumerable<string> Names => Short.Length == 0 ? ["--" + Long] : ["--" + Long, "-" + Short];
}
