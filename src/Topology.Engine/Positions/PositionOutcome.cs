namespace Topology.Engine;

/// <summary>What became of a commit.</summary>
public enum PositionOutcome
{
    /// <summary>It was written, or the same number had been.</summary>
    Written,

    /// <summary>A newer incarnation of the task is known. Nothing was changed; this one should end.</summary>
    OldIncarnation,

    /// <summary>The number is below the stored one. Nothing was changed.</summary>
    Backwards,
}
