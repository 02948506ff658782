namespace Topology;

/// <summary>Whether a component is a source or an operator.</summary>
public enum ComponentKind
{
    /// <summary>Emits what comes from outside.</summary>
    Spout,

    /// <summary>Receives tuples and may emit others.</summary>
    Bolt,
}
