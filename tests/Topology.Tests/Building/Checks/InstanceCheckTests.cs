namespace Topology.Tests;

public sealed class InstanceCheckTests
{
    [Test]
    public void A_factory_that_returns_null_is_refused() =>
        Assert.That(
            Planning.ErrorsBesideLines(t => t.SetBolt("b", () => null!).ShuffleGrouping("lines")),
            Is.EqualTo(new[] { "Bolt 'b': its factory returned null; have it return a new instance on each call." }));

    [Test]
    public void A_factory_that_returns_one_instance_twice_is_refused()
    {
        var shared = new InlineBolt();

        Assert.That(
            Planning.ErrorsBesideLines(t => t.SetBolt("b", () => shared).ShuffleGrouping("lines")),
            Is.EqualTo(new[]
            {
                "Bolt 'b': its factory returned the same instance twice; have it make a new one on each call, as in () => new InlineBolt(…), since each task needs its own.",
            }));
    }

    [Test]
    public void A_factory_that_throws_is_reported_in_one_line() =>
        Assert.That(
            Planning.ErrorsBesideLines(t => t.SetSpout("s", () => throw new InvalidOperationException("No\nbroker."))),
            Is.EqualTo(new[] { "Spout 's': its factory threw InvalidOperationException: No broker." }));

    [Test]
    public void A_component_that_throws_when_asked_for_its_streams_is_reported() =>
        Assert.That(
            Planning.ErrorsBesideLines(t => t.SetBolt("b", () => new InlineBolt { Streams = _ => throw new NotSupportedException("No streams.") }).ShuffleGrouping("lines")),
            Is.EqualTo(new[] { "Bolt 'b': asking for its Output and streams threw NotSupportedException: No streams." }));

    [Test]
    public void An_Output_of_null_is_refused() =>
        Assert.That(
            Planning.ErrorsBesideLines(t => t.SetBolt("b", () => new InlineBolt { Output = null! }).ShuffleGrouping("lines")),
            Is.EqualTo(new[] { "Bolt 'b': its Output is null; give the names of its fields, or [] for none." }));

    [Test]
    public void What_subscribes_to_a_component_that_cannot_be_asked_has_no_error_of_its_own() =>
        Assert.That(
            Planning.ErrorsBesideLines(t =>
            {
                t.SetBolt("b", () => null!).ShuffleGrouping("lines");
                t.SetBolt("c", () => new InlineBolt()).FieldsGroupingOn("b", "late", "word");
            }),
            Has.Count.EqualTo(1));

    [Test]
    public void A_stream_declared_twice_is_refused()
    {
        Assert.Multiple(() =>
        {
            Assert.That(
                ErrorsOf(new InlineBolt("f") { Streams = s => s.Add("late", ["f"]).AddDirect("late", ["g"]) }),
                Is.EqualTo(new[] { "Bolt 'b' declares stream 'late' twice; give each stream a name of its own." }));
            Assert.That(
                ErrorsOf(new InlineBolt("f") { Streams = s => s.Add("default", ["f"]) }),
                Is.EqualTo(new[] { "Bolt 'b' declares stream 'default', which it has already: its fields are those of Output; give the other stream another name." }));
        });
    }

    [Test]
    public void Streams_are_named_as_components_are()
    {
        Assert.Multiple(() =>
        {
            Assert.That(
                ErrorsOf(new InlineBolt("f") { Streams = s => s.Add("__tick", ["f"]) }),
                Is.EqualTo(new[] { "Bolt 'b': the stream name '__tick' begins with '__', which is reserved for the engine: choose another." }));
            Assert.That(
                ErrorsOf(new InlineBolt("f") { Streams = s => s.Add(null!, ["f"]) }),
                Is.EqualTo(new[] { "Bolt 'b': the stream name '' is empty: give it a name." }));
        });
    }

    [Test]
    public void Empty_and_repeated_fields_are_refused()
    {
        Assert.Multiple(() =>
        {
            Assert.That(
                ErrorsOf(new InlineBolt("a", "a", "b", "a")),
                Is.EqualTo(new[] { "Bolt 'b': stream 'default' has the field 'a' 3 times in [a, a, b, a]; give each field a name of its own." }));
            Assert.That(
                ErrorsOf(new InlineBolt("a", " ", "")),
                Is.EqualTo(new[] { "Bolt 'b': stream 'default' has a field without a name in [a,  , ]; name each field." }));
            Assert.That(
                ErrorsOf(new InlineBolt("a") { Streams = s => s.Add("late", null!) }),
                Is.EqualTo(new[] { "Bolt 'b': the fields of stream 'late' are null; give their names, or [] for none." }));
        });
    }

    [Test]
    public void A_bolt_that_dead_letters_has_a_stream_for_it()
    {
        var plan = Planning.Plan(t =>
        {
            Planning.AddLines(t);
            t.SetBolt("b", () => new InlineBolt("f") { Streams = s => s.Add("late", ["f"]) }).ShuffleGrouping("lines").OnError(ErrorPolicy.DeadLetter);
            t.SetBolt("letters", () => new InlineBolt()).FieldsGroupingOn("b", StreamId.DeadLetter, "component");
        });

        var stream = plan["b"].Streams[2];
        Assert.Multiple(() =>
        {
            Assert.That(stream.Name, Is.EqualTo("dead-letter"));
            Assert.That(stream.Index, Is.EqualTo(2));
            Assert.That(stream.IsDirect, Is.False);
            Assert.That(stream.Fields, Is.EqualTo(Fields.Create(["component", "task", "error", "stream", "values"])));
            Assert.That(plan["split"].Streams, Has.Length.EqualTo(1));
        });
    }

    [Test]
    public void A_bolt_may_declare_its_dead_letter_stream_itself_with_the_same_fields()
    {
        var plan = Planning.Plan(t =>
        {
            Planning.AddLines(t);
            t.SetBolt("b", () => new InlineBolt { Streams = s => s.Add("dead-letter", ["component", "task", "error", "stream", "values"]) })
                .ShuffleGrouping("lines").OnError(ErrorPolicy.DeadLetter);
        });

        Assert.That(plan["b"].Streams.Select(s => s.Name), Is.EqualTo(new[] { "default", "dead-letter" }));
        Assert.That(plan.Warnings, Is.Empty);
    }

    [Test]
    public void A_dead_letter_stream_of_other_fields_is_refused() =>
        Assert.That(
            Planning.ErrorsBesideLines(t => t.SetBolt("b", () => new InlineBolt { Streams = s => s.Add("dead-letter", ["error"]) })
                .ShuffleGrouping("lines").OnError(ErrorPolicy.DeadLetter)),
            Is.EqualTo(new[]
            {
                "Bolt 'b': with OnError(DeadLetter) its stream 'dead-letter' must have the fields [component, task, error, stream, values] and not be direct; leave its declaration out, and it is added.",
            }));

    [Test]
    public void A_limit_on_what_is_not_tracked_is_warned_of()
    {
        var plan = Planning.Plan(t =>
        {
            t.SetSpout("s", () => new UntrackedSpout("f")).MaxSpoutPending(10);
            t.SetBolt("b", () => new InlineBolt()).ShuffleGrouping("s");
        });

        Assert.That(
            plan.Warnings,
            Is.EqualTo(new[] { "Spout 's': MaxSpoutPending has no effect, since its tuples are not tracked; derive it from ReliableSpout to have them tracked." }));
    }

    private static IReadOnlyList<string> ErrorsOf(InlineBolt bolt) => Planning.ErrorsBesideLines(t =>
        t.SetBolt("b", () => new InlineBolt { Output = bolt.Output, Streams = bolt.Streams }).ShuffleGrouping("lines"));
}
