using CommandLine;

namespace Topology.Cli;

/// <summary>What <c>up</c> takes.</summary>
internal sealed class UpArguments : CommandArguments
{
    [Option("detach", HelpText = "starts it in the background, and ends when it answers")]
    public bool Detach { get; set; }

    [Option("data", MetaValue = "DIR", HelpText = "where it keeps everything; one daemon has a directory")]
    public string? Data { get; set; }

    [Option("address", MetaValue = "URL", HelpText = "where it listens")]
    public string? Address { get; set; }

    [Option("listen", MetaValue = "tcp://ADDRESS:PORT", HelpText = "where it listens for supervisors of other hosts, encrypted; nowhere by default, and to be given at each start")]
    public string? Listen { get; set; }

    [Option("host", MetaValue = "ADDRESS", HelpText = "the IPv4 address that other hosts reach this one by, where --listen does not say it")]
    public string? Host { get; set; }

    [Option("slots", MetaValue = "N", HelpText = "how many workers it keeps on this machine")]
    public int? Slots { get; set; }
}
