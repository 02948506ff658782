namespace Topology.Cli;

/// <summary>How a command writes what a cluster says.</summary>
internal enum AnswerFormat
{
    /// <summary>For people.</summary>
    Table,

    /// <summary>For programs: one document with stable names.</summary>
    Json,

    /// <summary>For programs that read line by line: a document in one line for each item.</summary>
    Jsonl,

    /// <summary>Names alone, one a line.</summary>
    Name,
}
