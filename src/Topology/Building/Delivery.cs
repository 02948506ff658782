namespace Topology;

/// <summary>What the topology promises about each tuple.</summary>
public enum Delivery
{
    /// <summary>No ackers: a reliable spout's <c>Ack</c> comes at emit, and a lost tuple is lost.</summary>
    AtMostOnce,

    /// <summary>Every tree is tracked; its spout hears of its end or its failure, and can emit it again. The default.</summary>
    AtLeastOnce,
}
