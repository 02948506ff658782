namespace Topology.Tests;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class DeadLetterTests
{
    private static readonly ReplayPolicy TwoAttempts = new() { MaxAttempts = 2 };

    private readonly ManualSpoutContext _context = new(hasLetterConsumer: true);

    [Test]
    public void The_stream_is_declared_with_the_reason_after_the_fields()
    {
        var streams = new StreamDeclarer();
        new LineSpout().Declare(streams);
        var stream = streams.Streams.Single();
        Assert.That(stream.Name, Is.EqualTo(StreamId.DeadLetter));
        Assert.That(stream.Fields, Is.EqualTo(ManualSpoutContext.LetterStream.Fields));
    }

    [Test]
    public void A_record_that_is_given_up_goes_to_the_stream_with_its_reason()
    {
        var (spout, output) = GiveUp("a");

        Assert.That(output.Last.Stream, Is.EqualTo(ManualSpoutContext.LetterStream.Index));
        Assert.That(output.Last.Values, Is.EqualTo(new Value[] { "a", "failed in split[7]: no such key", "split", 2 }));
        Assert.That(spout.DeadLetters, Is.EqualTo(1));
        Assert.That(spout.LettersWithoutConsumer, Is.Zero);
    }

    [Test]
    public void The_author_hears_of_it_once_the_letter_is_acked()
    {
        var (spout, output) = GiveUp("a");
        Assert.That(spout.GivenUpLines, Is.Empty);

        output.Ack(output.Last.Id);

        Assert.That(spout.GivenUpLines, Is.EqualTo(new[] { ("a", new FailReason(FailKind.Explicit, "split", 7, "no such key")) }));
        Assert.That(spout.AckedLines, Is.Empty);
        Assert.That(spout.IsExhausted);
    }

    [Test]
    public void A_letter_that_fails_leaves_again_unchanged_and_without_end()
    {
        var (spout, output) = GiveUp("a");
        var first = output.Last;
        for (var i = 0; i < 50; i++)
        {
            output.Fail(output.Last.Id);
            Assert.That(spout.IsExhausted, Is.False);
            Assert.That(spout.NextRetryNanoseconds, Is.GreaterThan(_context.Now));
            _context.Now = spout.NextRetryNanoseconds;
            spout.NextTuple(output);
        }

        Assert.That(output.Tuples.Skip(2).Select(t => t.Values), Is.All.EqualTo(first.Values));
        Assert.That(output.Tuples, Has.Count.EqualTo(2 + 51));
        Assert.That(spout.DeadLetters, Is.EqualTo(1));
        Assert.That(spout.GivenUpLines, Is.Empty);
    }

    [Test]
    public void Without_a_consumer_records_are_counted_and_the_first_is_logged()
    {
        var context = new ManualSpoutContext(hasLetterConsumer: false);
        var spout = new LineSpout(new ReplayPolicy { MaxAttempts = 1 }, "a", "b");
        spout.Open(context);
        var output = new PendingOutput(spout);
        spout.NextTuple(output);
        foreach (var id in output.Pending.ToArray()) output.Fail(id);
        spout.NextTuple(output);

        Assert.That(output.Tuples, Has.Count.EqualTo(2));
        Assert.That(spout.LettersWithoutConsumer, Is.EqualTo(2));
        Assert.That(spout.DeadLetters, Is.Zero);
        Assert.That(spout.GivenUpLines.Select(l => l.Line), Is.EquivalentTo(new[] { "a", "b" }));
        Assert.That(context.Log.Lines, Has.Count.EqualTo(1));
        Assert.That(context.Log.Lines[0], Does.StartWith("Warning:").And.Contains("dead-letter").And.Contains("no such key"));
        Assert.That(spout.IsExhausted);
    }

    [Test]
    public void A_letter_whose_values_cannot_be_had_goes_without_them()
    {
        var spout = new LineSpout(TwoAttempts, "a") { Emitter = (_, _) => throw new FormatException("no comma") };
        spout.Open(_context);
        var output = new PendingOutput(spout);
        for (var attempt = 0; attempt < 2; attempt++)
        {
            Assert.That(() => spout.NextTuple(output), Throws.TypeOf<FormatException>());
            _context.Now = spout.NextRetryNanoseconds;
        }

        spout.NextTuple(output);

        Assert.That(output.Last.Values, Is.EqualTo(new Value[] { Value.Null, "bolt error in lines[3]: no comma", "lines", 2 }));
        output.Ack(output.Last.Id);
        Assert.That(spout.GivenUpLines.Single().Line, Is.EqualTo("a"));
    }

    [Test]
    public void A_letter_of_a_record_with_more_or_fewer_values_than_the_default_stream_still_leaves()
    {
        foreach (var values in new Value[][] { [], ["a", "b", "c", "d", "e"] })
        {
            var (_, output) = GiveUp("a", (_, o) => o.Emit(values));
            Assert.That(output.Last.Values[0], Is.EqualTo(values.Length == 0 ? Value.Null : "a"));
            Assert.That(output.Last.Values[3], Is.EqualTo((Value)2));
        }
    }

    [Test]
    public void A_letter_that_finds_the_output_full_waits()
    {
        var spout = new LineSpout(new ReplayPolicy { MaxAttempts = 1 }, "a");
        spout.Open(_context);
        var output = new PendingOutput(spout);
        spout.NextTuple(output);
        output.Fail(output.Last.Id);
        output.IsFull = true;
        spout.NextTuple(output);
        Assert.That(output.Tuples, Has.Count.EqualTo(1));

        output.IsFull = false;
        spout.NextTuple(output);
        Assert.That(output.Last.Stream, Is.EqualTo(ManualSpoutContext.LetterStream.Index));
    }

    [Test]
    public void A_letter_acked_from_within_its_emit_ends_the_record()
    {
        var spout = new LineSpout(new ReplayPolicy { MaxAttempts = 1 }, "a");
        spout.Open(_context);
        var output = new PendingOutput(spout);
        spout.NextTuple(output);
        output.Fail(output.Last.Id);
        output.AcksAtEmit = true;
        spout.NextTuple(output);
        Assert.That(spout.GivenUpLines.Single().Line, Is.EqualTo("a"));
        Assert.That(spout.IsExhausted);
    }

    private (LineSpout Spout, PendingOutput Output) GiveUp(string line, Action<string, RecordOutput>? emitter = null)
    {
        var spout = new LineSpout(TwoAttempts, line);
        if (emitter is not null) spout.Emitter = emitter;
        spout.Open(_context);
        var output = new PendingOutput(spout);
        spout.NextTuple(output);
        output.FailAndEmitAgain(_context);
        output.FailAndEmitAgain(_context);
        return (spout, output);
    }
}
