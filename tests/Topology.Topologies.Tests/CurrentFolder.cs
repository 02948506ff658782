namespace Topology.Topologies.Tests;

/// <summary>Makes a folder the current one until it is disposed.</summary>
internal sealed class CurrentFolder : IDisposable
{
    private readonly string _before = Environment.CurrentDirectory;

    public CurrentFolder(TemporaryFolder folder) => Environment.CurrentDirectory = folder.Path;

    public void Dispose() => Environment.CurrentDirectory = _before;
}
