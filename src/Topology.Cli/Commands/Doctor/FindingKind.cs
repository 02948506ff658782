namespace Topology.Cli;

/// <summary>What a finding means.</summary>
internal enum FindingKind
{
    /// <summary>It is as it should be.</summary>
    Ok,

    /// <summary>It is worth to know, and may be as it should be.</summary>
    Note,

    /// <summary>It has to be mended.</summary>
    Problem,

    /// <summary>It had to be mended, and was.</summary>
    Fixed,
}
