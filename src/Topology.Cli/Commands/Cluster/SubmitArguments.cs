using CommandLine;

namespace Topology.Cli;

/// <summary>What <c>submit</c> takes.</summary>
internal sealed class SubmitArguments : ClusterArguments
{
    [Value(0, MetaName = "PATH", Required = true, HelpText = "a project's folder or file, which is built first, or an assembly")]
    public string Path { get; set; } = "";

    [Value(1, MetaName = "CLASS", HelpText = "the topology's class, by its simple or full name; needed where there are several")]
    public string? Class { get; set; }

    [Option("name", MetaValue = "NAME", HelpText = "names the topology; otherwise it is named after the class")]
    public string? Name { get; set; }

    [Option("workers", MetaValue = "N", HelpText = "how many worker processes it gets; otherwise what its settings say")]
    public int? Workers { get; set; }

    [Option("set", MetaValue = "KEY=VALUE", HelpText = "gives a setting, before any file; may be repeated")]
    public IEnumerable<string> Set { get; set; } = [];

    [Option("config", MetaValue = "FILE", HelpText = "reads settings from a YAML or JSON file; may be repeated, and a later file goes before an earlier one")]
    public IEnumerable<string> Config { get; set; } = [];

    [Option("inactive", HelpText = "rests without workers until it is activated")]
    public bool Inactive { get; set; }

    [Option("wait", MetaValue = "WHAT", HelpText = "running: waits until its spouts emit; completed: until it has ended")]
    public WaitFor? Wait { get; set; }

    [Option("timeout", MetaValue = "TIME", HelpText = "how long to wait at most; the topology goes on after it")]
    public string? Timeout { get; set; }

    [Option('o', "output", MetaValue = "FORMAT", Default = AnswerFormat.Name, HelpText = "name (the id alone), json or jsonl, on standard output")]
    public AnswerFormat Output { get; set; }
}
