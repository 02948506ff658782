using CommandLine;

namespace Topology.Cli;

/// <summary>What every command takes that shows something of a cluster.</summary>
internal class ReadingArguments : ClusterArguments
{
    [Option('o', "output", MetaValue = "FORMAT", Default = AnswerFormat.Table, HelpText = "table, json, jsonl (a line for each) or name, on standard output")]
    public AnswerFormat Output { get; set; }
}
