namespace Topology.Testing.Tests;

public sealed class CompleteTopologyTests
{
    [Test]
    public void What_every_component_emitted_is_there()
    {
        var results = CompleteTopology.Run(new NamesTopology(), new MockedSources { { "1", ["nathan"], ["bob"], ["joey"], ["nathan"] } });
        results["1"].ShouldBeInAnyOrder(["nathan"], ["bob"], ["joey"], ["nathan"]);
        results["2"].ShouldBeInAnyOrder(["nathan", 1], ["nathan", 2], ["bob", 1], ["joey", 1]);
        results["3"].ShouldBe([1], [2], [3], [4]);
        results["4"].ShouldBe([1], [2], [3], [4]);
        Assert.That(results["1"].All(t => t.IsAnchored));
        Assert.That(results.Failed, Is.Empty);
        Assert.That(results.Result.IsLossless);
    }

    [Test]
    public void It_is_the_same_for_every_order_of_turns()
    {
        for (var seed = 1UL; seed <= 20; seed++)
        {
            var results = CompleteTopology.Run(
                new NamesTopology(),
                new MockedSources().Add("1", ["nathan"]).Add("1", ["bob"]),
                options: new SimulationOptions { Seed = seed, StallChance = 0.05 });
            results["3"].ShouldBe([1], [2]);
        }
    }

    [Test]
    public void A_tuple_whose_tree_failed_is_told_with_its_reason()
    {
        var results = CompleteTopology.Run(
            Numbers(() => new NumberSpout(3), (tuple, output) =>
            {
                if (tuple[0] == 2) output.Fail(tuple, "even");
                else output.Ack(tuple);
            }),
            new MockedSources { { "numbers", [1], [2], [3] } });
        Assert.That(results.Failed is [[var number]] && number == 2);
        Assert.That(results.Failed[0].Reason!.Value.Detail, Is.EqualTo("even"));
    }

    [Test]
    public void A_spout_that_ends_by_itself_need_not_be_mocked()
    {
        var results = CompleteTopology.Run(Numbers(() => new NumberSpout(3), (tuple, output) => output.Ack(tuple)));
        results["numbers"].ShouldBe([1], [2], [3]);
    }

    [Test]
    public void A_spout_without_tuples_emits_none()
    {
        var results = CompleteTopology.Run(Numbers(() => new EndlessSpout(), (tuple, output) => output.Ack(tuple)), new MockedSources { { "numbers" } });
        Assert.That(results["numbers"], Is.Empty);
    }

    [Test]
    public void Spouts_that_never_end_must_be_mocked()
    {
        Assert.That(
            () => CompleteTopology.Run(Numbers(() => new EndlessSpout(), (tuple, output) => output.Ack(tuple))),
            Throws.ArgumentException.With.Message.StartsWith("'numbers' would never become exhausted"));
        Assert.That(
            () => CompleteTopology.Run(Numbers(() => new EndlessReplayingSpout(), (tuple, output) => output.Ack(tuple))),
            Throws.ArgumentException.With.Message.Contains("IsEndOfRecords"));
    }

    [Test]
    public void Streams_are_mocked_and_read_by_name()
    {
        var results = CompleteTopology.Run(
            new InlineTopology(topology =>
            {
                topology.SetSpout("orders", () => new OrderSpout(new OrderQueue()));
                topology.SetBolt("bolt", () => new InlineBolt((tuple, output) => output.Ack(tuple))).ShuffleGrouping("orders").ShuffleGrouping("orders", "large");
            }),
            new MockedSources { { "orders", ["ann", 20], TestTuple.On("large", "bob") } });
        results["orders"].ShouldBe(["ann", 20]);
        results["orders", "large"].ShouldBe(TestTuple.On("large", "bob"));
        Assert.That(results.Result.Metrics["bolt"].Executed, Is.EqualTo(2));
        Assert.That(() => results["orders", "larg"], Throws.ArgumentException.With.Message.Contains("did you mean 'large'?"));
        Assert.That(() => results["order"], Throws.ArgumentException);
    }

    [Test]
    public void Mocks_that_do_not_fit_the_topology_are_refused()
    {
        Assert.That(() => CompleteTopology.Run(new NamesTopology(), new MockedSources { { "2", ["x"] } }), Throws.ArgumentException.With.Message.Contains("'2' is mocked, but is no spout"));
        Assert.That(() => CompleteTopology.Run(new NamesTopology(), new MockedSources { { "1", ["x", 1] } }), Throws.ArgumentException.With.Message.Contains("[name]"));
        Assert.That(() => CompleteTopology.Run(new NamesTopology(), new MockedSources { { "1", TestTuple.On("late", "x") } }), Throws.ArgumentException.With.Message.Contains("late"));
    }

    [Test]
    public void A_run_that_fails_is_a_test_failure() => Assert.That(
        () => CompleteTopology.Run(new InlineTopology(topology =>
        {
            topology.SetSpout("numbers", () => new NumberSpout(3));
            topology.SetBolt("bolt", () => new InlineBolt((_, _) => throw new FormatException("no number"))).ShuffleGrouping("numbers").OnError(ErrorPolicy.StopTopology);
        })),
        Throws.TypeOf<TestFailureException>().With.Message.Contains("no number"));

    [Test]
    public void Settings_go_before_what_the_code_says()
    {
        var results = CompleteTopology.Run(
            Numbers(() => new NumberSpout(3), (tuple, output) => output.Ack(tuple)), settings: new Dictionary<string, string> { ["topology.delivery"] = "at-most-once" });
        Assert.That(results["numbers"].Any(t => t.IsAnchored), Is.False);
    }

    private static InlineTopology Numbers(Func<SpoutBase> spout, InlineBolt.Execution execute) => new(topology =>
    {
        topology.SetSpout("numbers", spout);
        topology.SetBolt("bolt", () => new InlineBolt(execute)).ShuffleGrouping("numbers");
    });

    /// <summary>Counts names, all tuples, and all counts.</summary>
    private sealed class NamesTopology : ITopology
    {
        public void Build(TopologyBuilder topology)
        {
            topology.SetSpout("1", () => new EndlessSpout("name"), parallelism: 3);
            topology.SetBolt("2", () => new CountBolt(), parallelism: 4).FieldsGrouping("1", "name");
            topology.SetBolt("3", CountAll).GlobalGrouping("1");
            topology.SetBolt("4", CountAll).GlobalGrouping("2");
        }

        private static InlineBolt CountAll()
        {
            var count = 0;
            return new InlineBolt(
                (tuple, output) =>
                {
                    output.Emit(tuple, ++count);
                    output.Ack(tuple);
                },
                "count");
        }
    }

    private sealed class EndlessSpout(string name = "number") : Spout
    {
        public override Fields Output => [name];

        public override void NextTuple(SpoutOutput output) => output.Emit(1);
    }

    private sealed class EndlessReplayingSpout : ReplayingSpout<int>
    {
        public override Fields Output => ["number"];

        protected override bool TryRead(out int record)
        {
            record = 1;
            return true;
        }

        protected override void Emit(int record, RecordOutput output) => output.Emit(record);
    }
}
