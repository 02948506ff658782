namespace Topology.Messaging.Tests;

public sealed class WireCountersTests
{
    [Test]
    public void Frames_are_counted_with_what_they_hold_and_refused_ones_by_reason()
    {
        var counters = new WireCounters();
        counters.Accept(100, 5, 1);
        counters.Accept(50, 0, 2);
        counters.Reject(WireError.Truncated);
        counters.Reject(WireError.Truncated);
        counters.Reject(WireError.TooManyBatches);
        Assert.That((counters.Frames, counters.Bytes, counters.Rows, counters.UnknownSections), Is.EqualTo((2L, 150L, 5L, 3L)));
        Assert.That((counters.Rejected, counters.RejectedFor(WireError.Truncated), counters.RejectedFor(WireError.NotAFrame)), Is.EqualTo((3L, 2L, 0L)));
    }
}
