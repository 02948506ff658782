namespace Topology.Testing.Tests;

public sealed class BoltVerificationTests
{
    private static readonly TestTuple[] Sentences = [["the cow"], ["the moon"], ["over"]];

    [Test]
    public void A_bolt_that_does_what_is_expected_passes() => Assert.That(
        () => BoltTester.Verify(() => new SplitBolt(), Sentences, [["the"], ["cow"], ["the"], ["moon"], ["over"]]),
        Throws.Nothing);

    [Test]
    public void Another_output_is_shown() => Assert.That(
        () => BoltTester.Verify(() => new SplitBolt(), Sentences, [["the"], ["cow"], ["moon"]]),
        Throws.TypeOf<TestFailureException>().With.Message.Contains("""inputs one by one: The tuples emitted differ from those expected at index 2: expected ["moon"], but there was ["the"]."""));

    [Test]
    public void What_is_emitted_at_the_end_counts() => Assert.That(
        () => BoltTester.Verify(
            () =>
            {
                var inputs = 0;
                return new InlineBolt(
                    (tuple, output) =>
                    {
                        inputs++;
                        output.Ack(tuple);
                    },
                    "inputs")
                {
                    Finished = output => output.Emit(Anchor.None, inputs),
                };
            },
            Sentences,
            [[3]]),
        Throws.Nothing);

    [Test]
    public void A_bolt_that_shares_what_is_its_instance_s_is_found()
    {
        var shared = 0;
        Assert.That(
            () => BoltTester.Verify(
                () => new InlineBolt(
                    (tuple, output) =>
                    {
                        output.Emit(tuple, ++shared);
                        output.Ack(tuple);
                    },
                    "count"),
                Sentences,
                [[1], [2], [3]]),
            Throws.TypeOf<TestFailureException>().With.Message.StartsWith("With its inputs in a batch: ").And.Message.Contains("expected [1], but there was [4]"));
    }

    [Test]
    public void A_bolt_that_answers_for_the_tuple_before_is_found()
    {
        // It works as long as nothing else happens between two inputs: the last one is never answered for.
        Assert.That(
            () => BoltTester.Verify(
                () =>
                {
                    HeldTuple? before = null;
                    return new InlineBolt((tuple, output) =>
                    {
                        if (before is { } held) output.Ack(held);
                        before = output.Hold(tuple);
                    });
                },
                Sentences,
                []),
            Throws.TypeOf<TestFailureException>().With.Message.Contains("""["over"] still is not"""));
    }

    [Test]
    public void A_bolt_that_answers_twice_or_never_is_found()
    {
        Assert.That(() => Verify((_, _) => { }), Throws.TypeOf<TestFailureException>().With.Message.Contains("without Ack, Fail or Hold"));
        Assert.That(
            () => Verify((tuple, output) =>
            {
                output.Ack(tuple);
                output.Fail(tuple);
            }),
            Throws.TypeOf<TestFailureException>().With.Message.Contains("acked, failed or held before"));
    }

    [Test]
    public void A_bolt_that_throws_is_found() => Assert.That(
        () => Verify((_, _) => throw new FormatException("no number")),
        Throws.TypeOf<TestFailureException>().With.Message.Contains("no number").And.InnerException.TypeOf<FormatException>());

    [Test]
    public void A_bolt_may_fail_tuples_if_it_always_fails_the_same()
    {
        Assert.That(
            () => Verify((tuple, output) =>
            {
                if (tuple[0] == "the moon") output.Fail(tuple);
                else output.Ack(tuple);
            }),
            Throws.Nothing);

        var executed = 0;
        Assert.That(
            () => Verify((tuple, output) =>
            {
                if (executed++ == 1) output.Fail(tuple);
                else output.Ack(tuple);
            }),
            Throws.TypeOf<TestFailureException>().With.Message.Contains("failed other inputs in a batch than one by one: none, not those at 1"));
    }

    [Test]
    public void A_bolt_that_gathers_until_a_tick_gets_one_at_the_end() => Assert.That(
        () => BoltTester.Verify(
            () =>
            {
                var held = new List<HeldTuple>();
                return new InlineBolt(
                    (tuple, output) =>
                    {
                        if (!tuple.IsTick)
                        {
                            held.Add(output.Hold(tuple));
                            return;
                        }

                        output.Emit(held.ToArray(), held.Count);
                        held.ForEach(output.Ack);
                    },
                    "count");
            },
            Sentences,
            [[3]],
            new BoltTesterOptions { TickInterval = TimeSpan.FromSeconds(1) }),
        Throws.Nothing);

    [Test]
    public void Inputs_go_to_the_stream_of_their_name()
    {
        var options = new BoltTesterOptions { Inputs = [new("orders", ["id"]), new("payments", ["reason"], "refused")] };
        Assert.That(
            () => BoltTester.Verify(
                () => new InlineBolt(
                    (tuple, output) =>
                    {
                        output.Emit(tuple, tuple.Source.Component, tuple[0]);
                        output.Ack(tuple);
                    },
                    "component",
                    "value"),
                [[1], TestTuple.On("refused", "limit"), [2]],
                [["orders", 1], ["payments", "limit"], ["orders", 2]],
                options),
            Throws.TypeOf<TestFailureException>(), "in a batch, the order between two components is open");
        Assert.That(() => Verify((tuple, output) => output.Ack(tuple), [TestTuple.On("late", 1)]), Throws.ArgumentException.With.Message.Contains("'late'"));
    }

    [Test]
    public void Asynchronous_bolts_may_emit_in_any_order() => Assert.That(
        () => BoltTester.Verify(() => new DelayingBolt(async (_, _) => await Task.Yield()), [[1], [2], [3], [4], [5], [6]], [[6], [5], [4], [3], [2], [1]]),
        Throws.Nothing);

    [Test]
    public void A_full_outbox_interrupts_the_bolt_between_its_inputs()
    {
        Assert.That(TurnsAt(InputPace.Batch), Is.LessThanOrEqualTo(3));
        Assert.That(TurnsAt(InputPace.FullOutbox), Is.GreaterThanOrEqualTo(100));
    }

    private static int TurnsAt(InputPace pace)
    {
        using var rig = new BoltRig(new SplitBolt(), () => new SplitBolt(), new BoltTesterOptions(), BoltTester.DefaultInputs(1), pace);
        for (var i = 0; i < 100; i++) rig.Feed(rig.FirstInput, [$"the {i}"]);
        rig.RunUntilIdle();
        Assert.That(rig.Emitted, Has.Count.EqualTo(200));
        return rig.Trace.Newest.Count(t => t.Component == "bolt" && t.Executed > 0);
    }

    private static void Verify(InlineBolt.Execution execute, TestTuple[]? inputs = null) => BoltTester.Verify(() => new InlineBolt(execute), inputs ?? Sentences, []);
}
