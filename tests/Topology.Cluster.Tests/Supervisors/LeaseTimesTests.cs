namespace Topology.Cluster.Tests;

public sealed class LeaseTimesTests
{
    private static readonly DateTimeOffset Start = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [TestCase(60, 60, 30)]
    [TestCase(60, 30, 30)]
    [TestCase(60, 30, 0)]
    public void Times_by_which_a_worker_could_outlive_its_lease_are_refused(int lease, int killBefore, int grace) =>
        Assert.That(() => new LeaseTimes(TimeSpan.FromSeconds(lease), TimeSpan.FromSeconds(killBefore), TimeSpan.FromSeconds(grace)), Throws.ArgumentException);

    [Test]
    public void A_workers_grace_begins_anew_with_each_word_of_its_supervisor_until_it_is_over()
    {
        var grace = new WorkerGrace(TimeSpan.FromSeconds(30), Start);
        grace.Hear(Start.AddSeconds(10));
        Assert.That(grace.IsOver(Start.AddSeconds(39.999)), Is.False);
        Assert.That(grace.IsOver(Start.AddSeconds(40)), Is.True);
        grace.Hear(Start.AddSeconds(41));
        Assert.That(grace.IsOver(Start.AddSeconds(42)), Is.True);
    }
}
