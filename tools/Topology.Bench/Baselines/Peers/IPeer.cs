namespace Topology.Bench;

/// <summary>One process of a loop by hand.</summary>
internal interface IPeer
{
    /// <summary>Works until the process ends, all on the calling thread.</summary>
    void Run();
}
