using CommandLine;

namespace Topology.Cli;

/// <summary>What <c>join</c> takes.</summary>
internal sealed class JoinArguments : CommandArguments
{
    [Value(0, MetaName = "FILE", HelpText = "the file with the token, or - for standard input; none for a supervisor that has joined before")]
    public string? File { get; set; }

    [Option("detach", HelpText = "runs it in the background, and ends when the daemon has taken it in")]
    public bool Detach { get; set; }

    [Option("stop", HelpText = "ends the one that runs with this data directory; its workers go on for a while, for the next one")]
    public bool Stop { get; set; }

    [Option("data", MetaValue = "DIR", HelpText = "where it keeps everything; one supervisor or daemon has a directory")]
    public string? Data { get; set; }

    [Option("slots", MetaValue = "N", HelpText = "how many workers it keeps")]
    public int? Slots { get; set; }

    [Option("name", MetaValue = "NAME", HelpText = "what it is called in the cluster; this host's name by default")]
    public string? Name { get; set; }

    [Option("host", MetaValue = "ADDRESS", HelpText = "the IPv4 address that other hosts reach this one by; by default the one that it reaches the daemon from")]
    public string? Host { get; set; }
}
