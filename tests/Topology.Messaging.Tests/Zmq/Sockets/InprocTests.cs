namespace Topology.Messaging.Tests;

public sealed class InprocTests : TransportContract
{
    protected override string NewAddress() => $"inproc://{Guid.NewGuid()}";
}
