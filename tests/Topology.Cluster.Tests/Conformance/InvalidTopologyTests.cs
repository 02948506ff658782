using Topology.Testing;

namespace Topology.Cluster.Tests.Conformance;

/// <summary>Storm's <c>testValidateTopologystructure</c>; every other mistake has its test beside the check that finds it.</summary>
public sealed class InvalidTopologyTests
{
    [TestCase("2", "default", "word", "subscribes to '2'")]
    [TestCase("1", "nonexistent", "word", "stream 'nonexistent' of '1'")]
    [TestCase("1", "default", "nonexistent", "field 'nonexistent'")]
    public async Task A_subscription_to_what_is_not_there_is_refused(string component, string stream, string field, string message)
    {
        await using var cluster = new LocalCluster();
        var topology = Topology(component, stream, field);

        var error = Assert.Throws<InvalidTopologyException>(() => cluster.Submit(topology));

        Assert.That(error!.Message, Does.Contain(message));
    }

    [Test]
    public async Task A_subscription_to_what_is_there_is_taken()
    {
        await using var cluster = new LocalCluster();

        Assert.That(() => cluster.Submit(Topology("1", "default", "word")), Throws.Nothing);
    }

    private static InlineTopology Topology(string component, string stream, string field) => new(topology =>
    {
        topology.SetSpout("1", () => new FixedSpout(["word"], [["a"]]));
        topology.SetBolt("bolt", InlineBolt.Acking).FieldsGroupingOn(component, stream, field);
    });
}
