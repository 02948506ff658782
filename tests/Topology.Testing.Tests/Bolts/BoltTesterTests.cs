namespace Topology.Testing.Tests;

public sealed class BoltTesterTests
{
    [Test]
    public void A_bolt_s_tuples_are_anchored_and_its_input_acked()
    {
        using var split = new BoltTester(new SplitBolt());
        var fed = split.Execute("the cow");
        Assert.That(split.Emitted is [[var first], [var second]] && first == "the" && second == "cow");
        Assert.That(split.Emitted.All(t => t.IsAnchored));
        Assert.That(split.Emitted[1]["word"].AsString(), Is.EqualTo("cow"));
        Assert.That(split.Acked, Is.EqualTo(new[] { fed }));
        Assert.That((split.Failed.Length, split.Held.Length, split.Errors.Length), Is.EqualTo((0, 0, 0)));
        split.Execute("moon");
        Assert.That(split.Emitted, Has.Count.EqualTo(3));
        Assert.That(split.Acked, Has.Length.EqualTo(2));
    }

    [Test]
    public void An_exception_fails_the_tuple_and_is_recorded()
    {
        using var tester = new BoltTester(new InlineBolt((_, _) => throw new FormatException("no number")));
        var fed = tester.Execute("x");
        Assert.That(tester.Failed, Is.EqualTo(new[] { fed }));
        Assert.That(fed.Reason!.Value.Kind, Is.EqualTo(FailKind.BoltError));
        Assert.That(fed.Reason!.Value.Detail, Does.Contain("no number"));
        Assert.That(tester.Errors.Single().Error, Is.TypeOf<FormatException>());
    }

    [Test]
    public void A_tuple_that_the_bolt_fails_shows_why()
    {
        using var tester = new BoltTester(new InlineBolt((tuple, output) => output.Fail(tuple, "out of stock")));
        Assert.That(tester.Execute("x").Reason, Is.EqualTo(new FailReason(FailKind.Explicit, "bolt", 1, "out of stock")));
        Assert.That(tester.Errors, Is.Empty);
    }

    [Test]
    public void A_held_tuple_is_held_until_it_is_answered_for()
    {
        var held = new Queue<HeldTuple>();
        using var pairs = new BoltTester(new InlineBolt(
            (tuple, output) =>
            {
                held.Enqueue(output.Hold(tuple));
                if (held.Count < 2) return;
                HeldTuple[] both = [held.Dequeue(), held.Dequeue()];
                output.Emit(both, "pair");
                foreach (var one in both) output.Ack(one);
            },
            "what"));
        var first = pairs.Execute(1);
        Assert.That(pairs.Held, Is.EqualTo(new[] { first }));
        Assert.That(pairs.Acked, Is.Empty);
        pairs.Execute(2);
        Assert.That(pairs.Held, Is.Empty);
        Assert.That(pairs.Acked, Has.Length.EqualTo(2));
        Assert.That(pairs.Emitted is [{ IsAnchored: true }]);
    }

    [Test]
    public void A_second_answer_is_a_test_failure()
    {
        using var tester = new BoltTester(new InlineBolt((tuple, output) =>
        {
            output.Ack(tuple);
            output.Ack(tuple);
        }));
        Assert.That(() => tester.Execute("x"), Throws.TypeOf<TestFailureException>().With.Message.Contains("acked, failed or held before"));
    }

    [Test]
    public void A_forgotten_answer_is_a_test_failure()
    {
        using var tester = new BoltTester(new InlineBolt((_, _) => { }));
        Assert.That(() => tester.Execute("x"), Throws.TypeOf<TestFailureException>().With.Message.Contains("without Ack, Fail or Hold"));
        Assert.That(tester.Failed.Single().Reason!.Value.Kind, Is.EqualTo(FailKind.Forgotten));
    }

    [Test]
    public void A_tuple_held_for_too_long_is_a_test_failure()
    {
        using var tester = new BoltTester(new InlineBolt((tuple, output) => output.Hold(tuple)));
        tester.Execute("x");
        tester.Advance(TimeSpan.FromSeconds(25));
        Assert.That(() => tester.Advance(TimeSpan.FromSeconds(20)), Throws.TypeOf<TestFailureException>().With.Message.Contains("message timeout"));
    }

    [Test]
    public void Ticks_come_when_the_test_says_so_and_their_output_is_in_no_tree()
    {
        using var tester = new BoltTester(new InlineBolt(
            (tuple, output) =>
            {
                if (tuple.IsTick) output.Emit(tuple, tuple.Source.Stream);
                else output.Ack(tuple);
            },
            "stream"));
        tester.Advance(TimeSpan.FromMinutes(1));
        Assert.That(tester.Emitted, Is.Empty);
        tester.Tick();
        Assert.That(tester.Emitted is [[var stream]] && stream == "__tick" && !tester.Emitted[0].IsAnchored);
    }

    [Test]
    public void Ticks_come_by_the_clock_where_there_is_an_interval()
    {
        var ticks = 0;
        using var tester = new BoltTester(
            new InlineBolt((tuple, _) => ticks += tuple.IsTick && tuple[0].AsDuration() == TimeSpan.FromSeconds(5) ? 1 : 0),
            new BoltTesterOptions { TickInterval = TimeSpan.FromSeconds(5) });
        tester.Advance(TimeSpan.FromSeconds(21));
        Assert.That(ticks, Is.EqualTo(4));
        tester.Tick();
        Assert.That(ticks, Is.EqualTo(5));
    }

    [Test]
    public void An_exception_in_a_tick_is_recorded()
    {
        using var tester = new BoltTester(new InlineBolt((_, _) => throw new FormatException("no tick")));
        tester.Tick();
        Assert.That(tester.Errors.Single().Call, Is.EqualTo("Execute (tick)"));
    }

    [Test]
    public void Finish_lets_the_bolt_emit_what_it_gathered()
    {
        var sum = 0L;
        using var tester = new BoltTester(new InlineBolt(
            (tuple, output) =>
            {
                sum += tuple[0].AsInt64();
                output.Ack(tuple);
            },
            "sum")
        {
            Finished = output => output.Emit(Anchor.None, sum),
        });
        tester.Execute(3);
        tester.Execute(4);
        tester.Finish();
        tester.Emitted.ShouldBe([7]);
    }

    [Test]
    public void Finish_is_not_called_while_a_tuple_is_held()
    {
        using var tester = new BoltTester(new InlineBolt((tuple, output) => output.Hold(tuple)));
        tester.Execute("x");
        Assert.That(tester.Finish, Throws.TypeOf<TestFailureException>().With.Message.Contains("""["x"] still is not"""));
    }

    [Test]
    public void Inputs_come_from_the_components_and_streams_of_the_options()
    {
        var seen = new List<string>();
        var options = new BoltTesterOptions
        {
            Component = "join",
            Inputs = [new("orders", ["id", "total"]), new("payments", ["id"]), new("payments", ["reason"], "refused")],
        };
        using var join = new BoltTester(
            new InlineBolt((tuple, output) =>
            {
                seen.Add($"{tuple.Source.Component}/{tuple.Source.Stream} {tuple.Source.Fields}");
                output.Ack(tuple);
            }),
            options);
        join.Execute(1, 9.5);
        join.From("payments").Execute(1);
        join.From("payments", "refused").Execute("limit");
        Assert.That(seen, Is.EqualTo(new[] { "orders/default [id, total]", "payments/default [id]", "payments/refused [reason]" }));
        Assert.That(() => join.From("refunds"), Throws.ArgumentException.With.Message.Contains("refunds/default"));
        Assert.That(() => join.Execute(1), Throws.ArgumentException.With.Message.Contains("[id, total]"));
    }

    [Test]
    public void The_fields_of_an_input_that_is_not_described_are_numbered()
    {
        using var tester = new BoltTester(new InlineBolt((tuple, output) => output.Emit(tuple, tuple["field2"]), "second"));
        Assert.That(() => tester.Execute("a", "b"), Throws.TypeOf<TestFailureException>(), "it forgot to ack");
        tester.Emitted.ShouldBe(["b"]);
    }

    [Test]
    public void Settings_state_and_clock_are_the_test_s()
    {
        var time = new ManualTime();
        KeyedState<string, long> counts = null!;
        BoltContext context = null!;
        using var tester = new BoltTester(
            new InlineBolt((tuple, output) =>
            {
                counts.For(tuple[0].AsString())++;
                output.Ack(tuple);
            })
            {
                Prepared = prepared => (context, counts) = (prepared, prepared.KeyedState<string, long>("counts")),
            },
            new BoltTesterOptions { Time = time, Settings = new Dictionary<string, string> { ["limit"] = "7" } });
        tester.Execute("the");
        tester.Execute("the");
        Assert.That(tester.KeyedState<string, long>("counts").For("the"), Is.EqualTo(2));
        Assert.That(context.Settings.GetInt32("limit"), Is.EqualTo(7));
        Assert.That(context.Time, Is.SameAs(time));
        Assert.That((context.Component, context.TaskCount), Is.EqualTo(("bolt", 1)));
    }

    [Test]
    public void A_direct_stream_goes_to_the_consumer_s_tasks()
    {
        StreamId direct = null!;
        BoltContext context = null!;
        using var tester = new BoltTester(
            new InlineBolt((tuple, output) =>
            {
                var tasks = context.TasksOf("counter");
                output.EmitDirect(tasks[(int)tuple[0].AsInt64() % tasks.Length], direct, tuple, tuple[0]);
                output.Ack(tuple);
            })
            {
                Streams = streams => streams.AddDirect("chosen", ["number"]),
                Prepared = prepared => (context, direct) = (prepared, prepared.Stream("chosen")),
            },
            new BoltTesterOptions { Consumer = "counter", ConsumerTasks = 3 });
        tester.Execute(5);
        Assert.That(tester.Errors, Is.Empty);
        tester.Emitted.ShouldBe(TestTuple.On("chosen", 5));
    }

    [Test]
    public void A_bolt_that_cannot_be_prepared_is_a_test_failure()
    {
        using var tester = new BoltTester(new InlineBolt((_, _) => { }) { Prepared = _ => throw new FormatException("no table") });
        Assert.That(
            () => tester.Execute("x"),
            Throws.TypeOf<TestFailureException>().With.Message.Contains("no table").And.InnerException.TypeOf<FormatException>());
    }

    [Test]
    public void An_error_policy_that_stops_the_run_is_a_test_failure()
    {
        using var tester = new BoltTester(
            new InlineBolt((_, _) => throw new FormatException("no number")), new BoltTesterOptions { OnError = ErrorPolicy.StopTopology });
        Assert.That(() => tester.Execute("x"), Throws.TypeOf<TestFailureException>().With.Message.Contains("no number"));
    }

    [Test]
    public void A_dead_letter_is_emitted_and_its_tuple_acked()
    {
        using var tester = new BoltTester(
            new InlineBolt((_, _) => throw new FormatException("no number")), new BoltTesterOptions { OnError = ErrorPolicy.DeadLetter });
        tester.Execute("x");
        Assert.That(tester.Acked, Has.Length.EqualTo(1));
        Assert.That(tester.Emitted is [{ Stream: "dead-letter" }]);
        Assert.That(tester.Emitted[0]["error"].AsString(), Does.Contain("no number"));
    }

    [Test]
    public void A_restarted_bolt_is_a_new_instance_that_is_still_observed()
    {
        var made = 0;
        using var tester = new BoltTester(
            () =>
            {
                var instance = ++made;
                return new InlineBolt(
                    (tuple, output) =>
                    {
                        if (tuple[0] == "throw") throw new FormatException("no number");
                        output.Emit(tuple, instance);
                        output.Ack(tuple);
                    },
                    "instance");
            },
            new BoltTesterOptions { OnError = ErrorPolicy.RestartTask });
        tester.Execute("before");
        tester.Execute("throw");
        tester.Execute("after");
        tester.Emitted.ShouldBe([2], [3]);
        Assert.That(tester.Failed, Has.Length.EqualTo(1));
    }

    [Test]
    public void Asynchronous_work_is_waited_for()
    {
        using var tester = new BoltTester(new DelayingBolt(async (_, _) => await Task.Run(() => 1)));
        for (var i = 0; i < 20; i++) tester.Execute(i);
        Assert.That(tester.Acked, Has.Length.EqualTo(20));
        Assert.That(tester.Emitted, Has.Count.EqualTo(20));
    }

    [Test]
    public void Asynchronous_work_that_waits_by_the_clock_ends_as_time_goes_on()
    {
        using var tester = new BoltTester(new DelayingBolt((time, cancellation) => Task.Delay(TimeSpan.FromSeconds(3), time, cancellation)));
        var fed = tester.Execute(1);
        Assert.That(fed.State, Is.EqualTo(FedState.Pending));
        tester.Advance(TimeSpan.FromSeconds(2));
        Assert.That(tester.Held, Has.Length.EqualTo(1));
        tester.Advance(TimeSpan.FromSeconds(1));
        Assert.That(fed.State, Is.EqualTo(FedState.Acked));
        tester.Emitted.ShouldBe([1]);
    }

    [Test]
    public void Cleanup_comes_with_the_end_of_the_tester()
    {
        var cleanedUp = 0;
        var tester = new BoltTester(new InlineBolt((tuple, output) => output.Ack(tuple)) { CleanedUp = () => cleanedUp++ });
        tester.Execute("x");
        Assert.That(cleanedUp, Is.Zero);
        tester.Dispose();
        Assert.That(cleanedUp, Is.EqualTo(1));
    }
}
