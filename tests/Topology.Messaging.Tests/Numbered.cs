namespace Topology.Messaging.Tests;

/// <summary>Something to put into a ring, told apart by a number.</summary>
internal sealed class Numbered
{
    public int Number { get; set; }
}
