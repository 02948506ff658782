namespace Topology.Cli;

/// <summary>What a word can be.</summary>
internal enum CompletionKind
{
    /// <summary>Nothing follows: a flag.</summary>
    None,

    /// <summary>Nobody knows.</summary>
    Any,

    /// <summary>One of a few.</summary>
    Choice,

    /// <summary>A file or a folder.</summary>
    Path,

    /// <summary>A topology of the cluster.</summary>
    Topology,

    /// <summary>A context.</summary>
    Context,
}
