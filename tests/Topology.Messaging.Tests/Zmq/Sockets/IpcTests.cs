namespace Topology.Messaging.Tests;

public sealed class IpcTests : TransportContract
{
    private TempFolder _folder = null!;

    [SetUp]
    public void MakeFolder() => _folder = new();

    [TearDown]
    public void RemoveFolder() => _folder.Dispose();

    protected override string NewAddress() => IpcDirectory.Open(_folder.Path).Endpoint($"{Guid.NewGuid():N}");
}
