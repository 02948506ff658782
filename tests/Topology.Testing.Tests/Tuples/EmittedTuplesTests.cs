namespace Topology.Testing.Tests;

public sealed class EmittedTuplesTests
{
    private EmittedTuples<EmittedTuple> _tuples = null!;

    [OneTimeSetUp]
    public void Emit() => _tuples = Emitted((["the", 1], null), (["cow"], "late"), (["the", 1], null));

    [Test]
    public void A_tuple_tells_where_it_comes_from()
    {
        var first = _tuples[0];
        Assert.That((first.Component, first.Stream, first.Task, first.IsAnchored), Is.EqualTo(("count", "default", 2, true)));
        Assert.That(first["count"].AsInt64(), Is.EqualTo(1));
        Assert.That(() => first["size"], Throws.ArgumentException.With.Message.Contains("word, count"));
    }

    [Test]
    public void They_match_list_patterns()
    {
        Assert.That(_tuples is [[var word, _], { Stream: "late" }, ..] && word == "the");
        Assert.That(_tuples.On("late") is [[var late]] && late == "cow");
    }

    [Test]
    public void Those_expected_in_their_order_are_as_they_should_be() =>
        Assert.That(() => _tuples.ShouldBe(["the", 1], TestTuple.On("late", "cow"), ["the", 1]), Throws.Nothing);

    [Test]
    public void Those_expected_in_another_order_are_only_so_in_any_order()
    {
        Assert.That(() => _tuples.ShouldBeInAnyOrder(TestTuple.On("late", "cow"), ["the", 1], ["the", 1]), Throws.Nothing);
        Assert.That(
            () => _tuples.ShouldBe(["the", 1], ["the", 1], TestTuple.On("late", "cow")),
            Throws.TypeOf<TestFailureException>().With.Message.Contains("""at index 1: expected ["the", 1], but there was late ["cow"]."""));
    }

    [Test]
    public void One_too_few_or_too_many_is_told()
    {
        Assert.That(
            () => _tuples.On("late").ShouldBe(),
            Throws.TypeOf<TestFailureException>().With.Message.Contains("""expected no more, but there was late ["cow"]."""));
        Assert.That(
            () => _tuples.On("late").ShouldBe(TestTuple.On("late", "cow"), ["moon"]),
            Throws.TypeOf<TestFailureException>().With.Message.Contains("""expected ["moon"], but there were no more."""));
    }

    [Test]
    public void How_often_one_occurs_counts_in_any_order() =>
        Assert.That(
            () => _tuples.ShouldBeInAnyOrder(["the", 1], TestTuple.On("late", "cow"), ["moon", 1]),
            Throws.TypeOf<TestFailureException>().With.Message.Matches("""missing: 1\s+\["moon", 1\]\s+not expected: 1\s+\["the", 1\]"""));

    [Test]
    public void A_long_list_is_cut_short_in_a_message()
    {
        var many = Emitted([.. Enumerable.Range(0, 50).Select(i => (new Value[] { i }, (string?)"late"))]);
        Assert.That(() => many.ShouldBeInAnyOrder(), Throws.TypeOf<TestFailureException>().With.Message.Contains("and 30 more"));
    }

    /// <summary>What a bolt is seen to emit that emits these, on streams other than the default where one is named.</summary>
    private static EmittedTuples<EmittedTuple> Emitted(params (Value[] Values, string? Stream)[] tuples)
    {
        StreamId late = null!;
        var bolt = new InlineBolt(
            (tuple, output) =>
            {
                foreach (var (values, stream) in tuples)
                {
                    if (stream is null) output.Emit(tuple, values);
                    else output.Emit(late, tuple, values);
                }

                output.Ack(tuple);
            },
            "word",
            "count")
        {
            Streams = streams => streams.Add("late", ["word"]),
            Prepared = context => late = context.Stream("late"),
        };
        using var tester = new BoltTester(bolt, new BoltTesterOptions { Component = "count" });
        tester.Execute("go");
        return tester.Emitted;
    }
}
