namespace Topology.Testing.Tests;

public sealed class SpoutTesterTests
{
    [Test]
    public void NextTuple_is_called_once_for_each_call()
    {
        var queue = new OrderQueue((7, "ann", 20), (8, "bob", 30), (9, "joe", 40));
        using var spout = SpoutTester.For(new OrderSpout(queue));
        Assert.That(spout.Emitted, Is.Empty);
        Assert.That(spout.NextTuple(), Is.EqualTo(2));
        Assert.That(spout.Emitted is [{ MessageId: 7 }, { MessageId: 8, IsAnchored: true }]);
        spout.Emitted.ShouldBe(["ann", 20], ["bob", 30]);
        Assert.That(spout.NextTuple(), Is.EqualTo(1));
        Assert.That(spout.NextTuple(), Is.Zero);
        Assert.That(queue.Remaining, Has.Count.EqualTo(3));
        Assert.That(spout.PendingCount, Is.EqualTo(3));
        spout.Advance(TimeSpan.FromSeconds(1));
        Assert.That(queue.Remaining, Has.Count.EqualTo(3), "it is asked by the test alone");
    }

    [Test]
    public void Acks_and_failures_reach_the_spout_with_their_reasons()
    {
        var queue = new OrderQueue((7, "ann", 20), (8, "bob", 30), (9, "joe", 40), (10, "sue", 50));
        using var spout = SpoutTester.For(new OrderSpout(queue));
        spout.NextTuple();
        spout.NextTuple();
        spout.Ack(8);
        spout.Fail(7, detail: "out of stock");
        spout.Fail(9, FailKind.WorkerLost);
        spout.Ack(spout.Emitted[3]);
        Assert.That(queue.Committed, Is.EqualTo(new[] { 8, 10 }));
        Assert.That(queue.Requeued, Is.EqualTo(new[]
        {
            (7L, new FailReason(FailKind.Explicit, "consumer", 1, "out of stock")),
            (9L, new FailReason(FailKind.WorkerLost)),
        }));
        Assert.That((spout.PendingCount, spout.Pending.Length), Is.EqualTo((0, 0)));
    }

    [Test]
    public void An_answer_for_what_is_not_pending_is_a_test_failure()
    {
        var queue = new OrderQueue((7, "ann", 2000));
        using var spout = SpoutTester.For(new OrderSpout(queue));
        spout.NextTuple();
        Assert.That(() => spout.Ack(8), Throws.TypeOf<TestFailureException>().With.Message.Contains("those that are: 7"));
        spout.Ack(7);
        Assert.That(() => spout.Ack(7), Throws.TypeOf<TestFailureException>().With.Message.Contains("none is"));
        Assert.That(() => spout.Fail(spout.Emitted[0]), Throws.TypeOf<TestFailureException>().With.Message.Contains("acked or failed before"));
        Assert.That(() => spout.Ack(spout.Emitted.Single(t => t.Stream == "large")), Throws.TypeOf<TestFailureException>().With.Message.Contains("untracked"));
    }

    [Test]
    public void The_limit_on_pending_trees_is_exact()
    {
        var queue = new OrderQueue((7, "ann", 20), (8, "bob", 30), (9, "joe", 40), (10, "sue", 50));
        using var spout = SpoutTester.For(new OrderSpout(queue), new SpoutTesterOptions { MaxSpoutPending = 3 });
        Assert.That(spout.NextTuple(), Is.EqualTo(2));
        Assert.That(spout.NextTuple(), Is.EqualTo(1));
        Assert.That(spout.NextTuple(), Is.Zero);
        Assert.That(queue.Remaining, Is.EqualTo(new[] { 3, 1 }), "without room it is not asked");
        spout.Ack(8);
        Assert.That(spout.NextTuple(), Is.EqualTo(1));
        Assert.That(queue.Remaining, Is.EqualTo(new[] { 3, 1, 1 }));
    }

    [Test]
    public void A_tree_that_nobody_answers_for_times_out()
    {
        var queue = new OrderQueue((7, "ann", 20), (8, "bob", 30));
        using var spout = SpoutTester.For(new OrderSpout(queue), new SpoutTesterOptions
        {
            Settings = new Dictionary<string, string> { ["topology.message-timeout"] = "10s" },
        });
        spout.NextTuple();
        spout.Ack(8);
        spout.Advance(TimeSpan.FromSeconds(10));
        Assert.That(queue.Requeued, Is.Empty);
        spout.Advance(TimeSpan.FromSeconds(1));
        Assert.That(queue.Requeued, Is.EqualTo(new[] { (7L, new FailReason(FailKind.Timeout)) }));
        Assert.That(spout.Pending, Is.Empty);
        Assert.That(() => spout.Ack(7), Throws.TypeOf<TestFailureException>());
    }

    [Test]
    public void A_failed_record_returns_when_its_delay_is_over()
    {
        var numbers = new NumberSpout(2, new ReplayPolicy { InitialDelay = TimeSpan.FromSeconds(10) });
        using var spout = new SpoutTester(numbers);
        spout.NextTuple();
        spout.Emitted.ShouldBe([1], [2]);
        spout.Fail(spout.Emitted[0]);
        spout.Ack(spout.Emitted[1]);
        Assert.That((spout.PendingCount, spout.IsExhausted), Is.EqualTo((1, false)));
        spout.Advance(TimeSpan.FromSeconds(7));
        Assert.That(spout.NextTuple(), Is.Zero);
        spout.Advance(TimeSpan.FromSeconds(6));
        Assert.That(spout.NextTuple(), Is.EqualTo(1));
        spout.Emitted.ShouldBe([1], [2], [1]);
        spout.Ack(spout.Emitted[2]);
        Assert.That(numbers.Done, Is.EqualTo(new[] { 2, 1 }));
        Assert.That((spout.PendingCount, spout.IsExhausted), Is.EqualTo((0, true)));
    }

    [Test]
    public void The_delay_of_a_retry_follows_from_the_seed()
    {
        var delays = Enumerable.Range(1, 8).Select(seed => DelayOf((ulong)seed)).ToArray();
        Assert.That(delays.Distinct().Count(), Is.GreaterThan(1));
        Assert.That(Enumerable.Range(1, 8).Select(seed => DelayOf((ulong)seed)), Is.EqualTo(delays));

        static int DelayOf(ulong seed)
        {
            using var spout = new SpoutTester(new NumberSpout(1, new ReplayPolicy { InitialDelay = TimeSpan.FromSeconds(10) }), new SpoutTesterOptions { Seed = seed });
            spout.NextTuple();
            spout.Fail(spout.Emitted[0]);
            var delay = 0;
            for (; spout.NextTuple() == 0; delay++) spout.Advance(TimeSpan.FromMilliseconds(100));
            return delay;
        }
    }

    [Test]
    public void An_untracked_spout_has_nothing_to_answer_for()
    {
        using var spout = new SpoutTester(new UntrackedSpout());
        Assert.That(spout.NextTuple(), Is.EqualTo(1));
        Assert.That(spout.Emitted is [{ IsAnchored: false }]);
        Assert.That(() => spout.Ack(spout.Emitted[0]), Throws.TypeOf<TestFailureException>().With.Message.Contains("untracked"));
    }

    [Test]
    public void Activate_deactivate_and_close_are_called()
    {
        var queue = new OrderQueue();
        using (var spout = SpoutTester.For(new OrderSpout(queue)))
        {
            Assert.That(queue.Calls, Is.Empty);
            spout.Deactivate();
            spout.Activate();
        }

        Assert.That(queue.Calls, Is.EqualTo(new[] { "deactivate", "activate", "close" }));
    }

    [Test]
    public void A_spout_that_cannot_be_opened_is_a_test_failure() => Assert.That(
        () => SpoutTester.For(new OrderSpout(new OrderQueue { IsClosed = true })),
        Throws.TypeOf<TestFailureException>().With.Message.Contains("the queue is closed").And.InnerException.TypeOf<InvalidOperationException>());

    [Test]
    public void What_the_spout_throws_is_recorded()
    {
        using var spout = new SpoutTester(new UntrackedSpout { Values = [1, 2] });
        Assert.That(spout.NextTuple(), Is.Zero);
        Assert.That(spout.Errors.Single().Error, Is.TypeOf<EmitException>());
    }

    private sealed class UntrackedSpout : Spout
    {
        public Value[] Values { get; init; } = ["x"];

        public override Fields Output => ["value"];

        public override void NextTuple(SpoutOutput output) => output.Emit(Values);
    }
}
