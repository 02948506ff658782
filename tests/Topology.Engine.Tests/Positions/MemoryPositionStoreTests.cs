namespace Topology.Engine.Tests;

public sealed class MemoryPositionStoreTests : PositionStoreContract
{
    protected override IPositionStore Create() => new MemoryPositionStore();
}
