using System.Collections.Concurrent;

namespace Topology.Cluster.Tests.Conformance;

/// <summary>
/// Storm's <c>testComponentSpecificConfig</c>. What Storm tests with serializers has no counterpart: components are never serialized, and values are of known types. Nor
/// has a worker's resource: whatever components of one process share, their factories are given.
/// </summary>
[TestFixture(StageKind.TwoLoops)]
[TestFixture(StageKind.Simulated)]
public sealed class ComponentSettingsTests(StageKind kind)
{
    [Test]
    public async Task A_components_own_setting_goes_before_the_topologys()
    {
        var seen = new ConcurrentDictionary<string, string>();
        await using var stage = Stage.Start(
            kind,
            topology =>
            {
                topology.Declare("fake.setting", "456", "What the topology says.");
                topology.Declare("other.setting", null, "What is given from outside.");
                topology.SetSpout("spout", () => new FixedSpout(["word"], [["a"]]));
                Read("bolt").ShuffleGrouping("spout").Set("fake.setting", "123").Set("own.setting", "987");
                Read("plain").ShuffleGrouping("spout");

                BoltDeclarer Read(string id) => topology.SetBolt(id, () => new InlineBolt([], static (tuple, output) => output.Ack(tuple))
                {
                    Prepared = context => seen[id] = string.Join(' ', context.Settings.Names.Select(name => $"{name}={context.Settings[name]}")),
                });
            },
            new() { ["other.setting"] = "30" });

        await stage.EndAsync();

        Assert.That(seen["bolt"], Is.EqualTo("fake.setting=123 other.setting=30 own.setting=987"));
        Assert.That(seen["plain"], Is.EqualTo("fake.setting=456 other.setting=30"));
    }

    [Test]
    public async Task A_spouts_own_limit_goes_before_the_topologys_and_an_option_from_outside_before_the_codes()
    {
        var limits = new ConcurrentDictionary<string, int>();
        await using var stage = Stage.Start(
            kind,
            topology =>
            {
                topology.Options = topology.Options with { MaxSpoutPending = 20 };
                topology.SetSpout("own", () => new LimitSpout(limits)).MaxSpoutPending(30);
                topology.SetSpout("plain", () => new LimitSpout(limits));
                topology.SetBolt("bolt", InlineBolt.Acking).ShuffleGrouping("own").ShuffleGrouping("plain");
            },
            new() { ["topology.max-spout-pending"] = "40" });

        await stage.EndAsync();

        Assert.That((limits["own"], limits["plain"]), Is.EqualTo((30, 40)));
    }

    private sealed class LimitSpout(ConcurrentDictionary<string, int> limits) : ReliableSpout<int>
    {
        public override Fields Output => ["value"];

        public override bool IsExhausted => true;

        public override void Open(SpoutContext context) => limits[context.Component] = context.MaxSpoutPending;

        public override void NextTuple(SpoutOutput<int> output)
        {
        }
    }
}
