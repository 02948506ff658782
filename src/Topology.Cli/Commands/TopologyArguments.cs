using CommandLine;

namespace Topology.Cli;

/// <summary>What every command takes that plans a topology in this process.</summary>
internal abstract class TopologyArguments : CommandArguments
{
    [Value(0, MetaName = "PATH", Required = true, HelpText = "a project's folder or file, which is built first, or an assembly")]
    public string Path { get; set; } = "";

    [Value(1, MetaName = "CLASS", HelpText = "the topology's class, by its simple or full name; needed where there are several")]
    public string? Class { get; set; }

    [Option("set", MetaValue = "KEY=VALUE", HelpText = "gives a setting, before any file; may be repeated")]
    public IEnumerable<string> Set { get; set; } = [];

    [Option("config", MetaValue = "FILE", HelpText = "reads settings from a YAML or JSON file; may be repeated, and a later file goes before an earlier one")]
    public IEnumerable<string> Config { get; set; } = [];

    [Option("name", MetaValue = "NAME", HelpText = "names the run; otherwise it is named after the class")]
    public string? Name { get; set; }

    [Option('o', "output", MetaValue = "FORMAT", Default = OutputFormat.Table, HelpText = "table or json, on standard output")]
    public OutputFormat Output { get; set; }
}
