namespace Topology.Cli;

/// <summary>How a command writes its answer.</summary>
internal enum OutputFormat
{
    /// <summary>For people.</summary>
    Table,

    /// <summary>For programs: one document with stable names.</summary>
    Json,
}
