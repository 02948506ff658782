namespace Topology.Engine.Tests;

public sealed class EdgeIdsTests
{
    /// <summary>The state from which SplitMix64's output is 0: its one fixed point of value 0 is the state 0, which the step before it leads to.</summary>
    private const ulong SeedBeforeZero = unchecked(0UL - 0x9E3779B97F4A7C15);

    [Test]
    public void An_id_is_never_0()
    {
        var ids = new EdgeIds(SeedBeforeZero);
        Assert.That(ids.Next(), Is.Not.Zero);
    }

    [Test]
    public void The_first_ids_of_seed_1234567_are_those_of_the_published_generator()
    {
        var ids = new EdgeIds(1234567);
        Assert.That(
            Enumerable.Range(0, 5).Select(_ => ids.Next()),
            Is.EqualTo(new[] { 6457827717110365317UL, 3203168211198807973UL, 9817491932198370423UL, 4593380528125082431UL, 16408922859458223821UL }));
    }

    [Test]
    public void Neither_an_id_nor_the_XOR_of_two_repeats_among_some_thousands()
    {
        var ids = new EdgeIds(7);
        var drawn = Enumerable.Range(0, 2_000).Select(_ => ids.Next()).ToArray();
        Assert.That(drawn, Is.Unique);
        Assert.That(drawn.Zip(drawn.Skip(1), (a, b) => a ^ b), Is.Unique);
    }
}
