namespace Topology.Messaging.Tests;

[Platform("Linux")]
public sealed class EventFdSignalTests : PollSignalContract
{
    private protected override PollSignal New() => new EventFdSignal();
}
