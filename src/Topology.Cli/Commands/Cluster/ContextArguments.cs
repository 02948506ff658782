using CommandLine;

namespace Topology.Cli;

/// <summary>What <c>context</c> takes.</summary>
internal sealed class ContextArguments : CommandArguments
{
    [Value(0, MetaName = "ACTION", Required = true, HelpText = "add, use, list or remove")]
    public string Action { get; set; } = "";

    [Value(1, MetaName = "CONTEXT", HelpText = "the context's name")]
    public string? Name { get; set; }

    [Option("address", MetaValue = "URL", HelpText = "where the daemon answers; needed by add")]
    public string? Address { get; set; }

    [Option("token-file", MetaValue = "FILE", HelpText = "the file with the daemon's token; needed by add")]
    public string? TokenFile { get; set; }

    [Option('o', "output", MetaValue = "FORMAT", Default = AnswerFormat.Table, HelpText = "of list: table, json, jsonl (a line for each) or name, on standard output")]
    public AnswerFormat Output { get; set; }
}
