namespace Topology.Testing.Tests;

public sealed class BoltTesterFailureTests
{
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
    public void An_exception_in_a_tick_is_recorded()
    {
        using var tester = new BoltTester(new InlineBolt((_, _) => throw new FormatException("no tick")));
        tester.Tick();
        Assert.That(tester.Errors.Single().Call, Is.EqualTo("Execute (tick)"));
    }

    [Test]
    public void Finish_is_not_called_while_a_tuple_is_held()
    {
        using var tester = new BoltTester(new InlineBolt((tuple, output) => output.Hold(tuple)));
        tester.Execute("x");
        Assert.That(tester.Finish, Throws.TypeOf<TestFailureException>().With.Message.Contains("""["x"] still is not"""));
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
}
