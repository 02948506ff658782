namespace Topology.Tests;

public sealed class SubscriptionCheckTests
{
    [Test]
    public void A_bolt_without_inputs_is_refused() =>
        Assert.That(
            Planning.ErrorsBesideLines(t => t.SetBolt("b", () => new InlineBolt())),
            Is.EqualTo(new[] { "Bolt 'b' has no input, so it would never run: subscribe it to a component, as by .ShuffleGrouping(\"lines\")." }));

    [Test]
    public void A_component_that_does_not_exist_is_refused_with_the_one_probably_meant()
    {
        Assert.Multiple(() =>
        {
            Assert.That(
                ErrorsOf(b => b.ShuffleGrouping("spilt")),
                Is.EqualTo(new[] { "Bolt 'b' subscribes to 'spilt', which is no component: did you mean 'split'?" }));
            Assert.That(
                ErrorsOf(b => b.ShuffleGrouping("kafka")),
                Is.EqualTo(new[] { "Bolt 'b' subscribes to 'kafka', which is no component: the components are b, lines, source, split." }));
        });
    }

    [Test]
    public void A_stream_that_does_not_exist_is_refused_with_the_one_probably_meant()
    {
        Assert.Multiple(() =>
        {
            Assert.That(
                ErrorsOf(b => b.ShuffleGrouping("source", "laet")),
                Is.EqualTo(new[] { "Bolt 'b' subscribes to stream 'laet' of 'source', which does not declare it: did you mean 'late'?" }));
            Assert.That(
                ErrorsOf(b => b.ShuffleGrouping("source", "errors")),
                Is.EqualTo(new[] { "Bolt 'b' subscribes to stream 'errors' of 'source', which does not declare it: its streams are chosen, default, late." }));
        });
    }

    [Test]
    public void A_field_that_does_not_exist_is_refused_with_the_one_probably_meant()
    {
        Assert.Multiple(() =>
        {
            Assert.That(
                ErrorsOf(b => b.FieldsGrouping("source", "custmer")),
                Is.EqualTo(new[] { "Bolt 'b' groups stream 'default' of 'source' by field 'custmer', which it does not have: did you mean 'customer'?" }));
            Assert.That(
                ErrorsOf(b => b.PartialKeyGrouping("source", "customer", "city")),
                Is.EqualTo(new[] { "Bolt 'b' groups stream 'default' of 'source' by field 'city', which it does not have: its fields are customer, total." }));
        });
    }

    [Test]
    public void The_fields_of_another_stream_do_not_count() =>
        Assert.That(
            ErrorsOf(b => b.FieldsGrouping("source", "reason")),
            Is.EqualTo(new[] { "Bolt 'b' groups stream 'default' of 'source' by field 'reason', which it does not have: its fields are customer, total." }));

    [Test]
    public void Grouping_by_no_field_or_by_one_twice_is_refused()
    {
        Assert.Multiple(() =>
        {
            Assert.That(
                ErrorsOf(b => b.FieldsGrouping("source")),
                Is.EqualTo(new[] { "Bolt 'b' groups stream 'default' of 'source' by no field: name at least one, or use ShuffleGrouping." }));
            Assert.That(
                ErrorsOf(b => b.PartialKeyGroupingOn("source", "late")),
                Is.EqualTo(new[] { "Bolt 'b' groups stream 'late' of 'source' by no field: name at least one, or use ShuffleGrouping." }));
            Assert.That(
                ErrorsOf(b => b.FieldsGrouping("source", "total", "total")),
                Is.EqualTo(new[] { "Bolt 'b' groups stream 'default' of 'source' by field 'total' 2 times; name each field once." }));
        });
    }

    [Test]
    public void Direct_grouping_and_direct_streams_belong_together()
    {
        Assert.Multiple(() =>
        {
            Assert.That(
                ErrorsOf(b => b.DirectGrouping("source", "late")),
                Is.EqualTo(new[]
                {
                    "Bolt 'b' subscribes by direct grouping to stream 'late' of 'source', which is not direct: declare the stream with AddDirect, or choose another grouping.",
                }));
            Assert.That(
                ErrorsOf(b => b.ShuffleGrouping("source", "chosen")),
                Is.EqualTo(new[]
                {
                    "Bolt 'b' subscribes by shuffle to stream 'chosen' of 'source', which is direct: use DirectGrouping(\"source\", \"chosen\"), or declare the stream with Add.",
                }));
            Assert.That(ErrorsOf(b => b.DirectGrouping("source", "chosen")), Is.Empty);
        });
    }

    [Test]
    public void Subscribing_twice_to_a_stream_by_one_grouping_is_refused()
    {
        Assert.Multiple(() =>
        {
            Assert.That(
                ErrorsOf(b => b.ShuffleGrouping("source").ShuffleGrouping("source")),
                Is.EqualTo(new[] { "Bolt 'b' subscribes 2 times to stream 'default' of 'source' by shuffle, and would get each tuple as often; subscribe once." }));
            Assert.That(
                ErrorsOf(b => b.FieldsGrouping("source", "total").FieldsGrouping("source", "total")),
                Is.EqualTo(new[] { "Bolt 'b' subscribes 2 times to stream 'default' of 'source' by fields(total), and would get each tuple as often; subscribe once." }));
        });
    }

    [Test]
    public void Subscribing_to_a_stream_by_two_groupings_is_legal() =>
        Assert.That(ErrorsOf(b => b.FieldsGrouping("source", "total").FieldsGrouping("source", "customer").GlobalGrouping("source")), Is.Empty);

    [Test]
    public void More_tasks_than_key_groups_are_refused_where_keys_are_dealt()
    {
        Assert.Multiple(() =>
        {
            Assert.That(
                ErrorsOf(b => b.FieldsGrouping("source", "total").SetTasks(32_769)),
                Is.EqualTo(new[] { "Bolt 'b' has 32,769 tasks and groups stream 'default' of 'source' by fields, but keys reach 32,768 tasks at most; lower its tasks." }));
            Assert.That(ErrorsOf(b => b.FieldsGrouping("source", "total").SetTasks(32_768)), Is.Empty);
            Assert.That(ErrorsOf(b => b.ShuffleGrouping("source").SetTasks(32_769)), Is.Empty);
        });
    }

    [Test]
    public void A_custom_grouping_is_made_anew_for_each_task()
    {
        var shared = new NowhereGrouping();

        Assert.Multiple(() =>
        {
            Assert.That(ErrorsOf(b => b.CustomGrouping("source", () => new NowhereGrouping())), Is.Empty);
            Assert.That(
                ErrorsOf(b => b.CustomGrouping("source", () => shared)),
                Is.EqualTo(new[]
                {
                    "Bolt 'b': the custom grouping on stream 'default' of 'source': its factory returned the same instance twice; have it make a new one on each call, as in () => new NowhereGrouping(…), since each task needs its own.",
                }));
            Assert.That(
                ErrorsOf(b => b.CustomGrouping("source", () => throw new InvalidOperationException("No map."), "late")),
                Is.EqualTo(new[] { "Bolt 'b': the custom grouping on stream 'late' of 'source': its factory threw InvalidOperationException: No map." }));
        });
    }

    [Test]
    public void A_spout_without_consumers_is_warned_of_and_an_unused_stream_is_not()
    {
        var plan = Planning.Plan(t =>
        {
            Planning.AddLines(t);
            t.SetSpout("idle", () => new TrackedSpout("f"));
            t.SetSpout("busy", () => new TrackedSpout("f") { Streams = s => s.Add("late", ["f"]).Add("dead-letter", ["f"]) });
            t.SetBolt("b", () => new InlineBolt("unread")).ShuffleGrouping("busy", "late").OnError(ErrorPolicy.DeadLetter);
        });

        Assert.That(plan.Warnings, Is.EqualTo(new[] { "Spout 'idle' has no consumer: what it emits goes nowhere." }));
    }

    [Test]
    public void A_subscription_to_a_stream_without_fields_is_warned_of()
    {
        var plan = Planning.Plan(t =>
        {
            t.SetSpout("s", () => new TrackedSpout { Streams = s => s.Add("signal", []) });
            t.SetBolt("b", () => new InlineBolt()).ShuffleGrouping("s").AllGrouping("s", "signal");
        });

        Assert.That(
            plan.Warnings,
            Is.EqualTo(new[]
            {
                "Bolt 'b' subscribes to stream 'default' of 's', which has no fields: if it is to emit values, give their names in Output.",
                "Bolt 'b' subscribes to stream 'signal' of 's', which has no fields: if it is to emit values, give their names in Declare.",
            }));
    }

    private static IReadOnlyList<string> ErrorsOf(Action<BoltDeclarer> subscribe) => Planning.ErrorsBesideLines(t =>
    {
        t.SetSpout("source", () => new TrackedSpout("customer", "total") { Streams = s => s.Add("late", ["customer", "reason"]).AddDirect("chosen", ["total"]) });
        subscribe(t.SetBolt("b", () => new InlineBolt()));
    });
}
