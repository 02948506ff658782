using Topology.Testing;

namespace Topology.Web.Tests;

public sealed class RequestBudgetTests
{
    [Test]
    public void There_are_so_many_at_once_and_so_many_a_second()
    {
        var time = new ManualTime();
        var budget = new RequestBudget(3, 2, time);

        Assert.That(Taken(), Is.EqualTo(3));
        time.Advance(TimeSpan.FromSeconds(0.4));
        Assert.That(Taken(), Is.Zero);
        time.Advance(TimeSpan.FromSeconds(0.2));
        Assert.That(Taken(), Is.EqualTo(1));
        time.Advance(TimeSpan.FromHours(1));
        Assert.That(Taken(), Is.EqualTo(3));

        int Taken() => Enumerable.Range(0, 10).Count(_ => budget.TryTake());
    }
}
