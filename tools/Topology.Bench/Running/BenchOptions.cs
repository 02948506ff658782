using CommandLine;

namespace Topology.Bench;

/// <summary>What the user asked for.</summary>
internal sealed class BenchOptions
{
    /// <summary>Scenarios, or <c>all</c>, or <c>list</c>.</summary>
    [Value(0)]
    public IEnumerable<string> Scenarios { get; set; } = [];

    /// <summary>How long each contender is measured in a round.</summary>
    [Option("seconds", Default = 3.0)]
    public double Seconds { get; set; }

    /// <summary>How many rounds the medians are of.</summary>
    [Option("rounds", Default = 5)]
    public int Rounds { get; set; }

    /// <summary>Measures one round of this scenario in this process, and prints it for the parent.</summary>
    [Option("child", Hidden = true)]
    public string? Child { get; set; }

    /// <summary>The folder of the round that is measured in this process.</summary>
    [Option("folder", Hidden = true)]
    public string? Folder { get; set; }

    /// <summary>Ends what is left of the round of this folder, and does nothing else.</summary>
    [Option("clear", Hidden = true)]
    public string? Clear { get; set; }

    /// <summary>Null where all is well, else what to tell the user.</summary>
    public string? Error =>
        Seconds is not (>= 0.3 and <= 600) ? "--seconds is from 0.3 to 600"
        : Rounds is < 1 or > 99 ? "--rounds is from 1 to 99"
        : null;
}
