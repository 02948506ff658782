namespace Topology.Messaging.Tests;

public sealed class SocketPairSignalTests : PollSignalContract
{
    private protected override PollSignal New() => new SocketPairSignal();
}
