namespace Topology.Tests;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class ReplayingSpoutTests
{
    private readonly ManualSpoutContext _context = new();

    [Test]
    public void An_acked_record_is_done()
    {
        var (spout, output) = Open(["a", "b"]);
        spout.NextTuple(output);
        Assert.That(output.Tuples.Select(t => t.Values[0].AsString()), Is.EqualTo(new[] { "a", "b" }));

        foreach (var tuple in output.Tuples) output.Ack(tuple.Id);
        spout.NextTuple(output);

        Assert.That(spout.AckedLines, Is.EqualTo(new[] { "a", "b" }));
        Assert.That(output.Tuples, Has.Count.EqualTo(2));
        Assert.That(spout.IsExhausted);
    }

    [Test]
    public void A_failed_record_leaves_again_when_its_delay_is_over_and_not_before()
    {
        var (spout, output) = Open(["a"]);
        spout.NextTuple(output);
        output.Fail(output.Last.Id);

        Assert.That(spout.WaitingForRetry, Is.EqualTo(1));
        Assert.That(spout.IsExhausted, Is.False);
        Assert.That(spout.NextRetryNanoseconds, Is.EqualTo(100_000_000).Within(1));

        _context.Now = spout.NextRetryNanoseconds - 1;
        spout.NextTuple(output);
        Assert.That(output.Tuples, Has.Count.EqualTo(1));

        _context.Now++;
        spout.NextTuple(output);
        Assert.That(output.CountOf("a"), Is.EqualTo(2));
        Assert.That(spout.WaitingForRetry, Is.Zero);
        Assert.That(spout.NextRetryNanoseconds, Is.EqualTo(long.MaxValue));
        Assert.That(spout.IsExhausted);
    }

    [Test]
    public void Retries_that_are_due_go_before_new_records()
    {
        var (spout, output) = Open(["a", "b"], maxPending: 1);
        spout.NextTuple(output);
        output.Fail(output.Last.Id);
        _context.Now = spout.NextRetryNanoseconds;

        spout.NextTuple(output);

        Assert.That(output.Last.Values[0].AsString(), Is.EqualTo("a"));
        Assert.That(output.CountOf("b"), Is.Zero);
    }

    [Test]
    public void A_record_that_waits_keeps_its_room()
    {
        var (spout, output) = Open(["a", "b"], maxPending: 1);
        spout.NextTuple(output);
        output.Fail(output.Last.Id);
        spout.NextTuple(output);
        Assert.That(output.CountOf("b"), Is.Zero);
    }

    [Test]
    public void A_full_output_takes_neither_retries_nor_new_records()
    {
        var (spout, output) = Open(["a", "b"], maxPending: 2);
        output.IsFull = true;
        spout.NextTuple(output);
        Assert.That(output.Tuples, Is.Empty);

        output.IsFull = false;
        spout.NextTuple(output);
        output.Fail(output.Tuples[0].Id);
        var due = spout.NextRetryNanoseconds;
        _context.Now = due;
        output.IsFull = true;
        spout.NextTuple(output);

        Assert.That(output.Tuples, Has.Count.EqualTo(2));
        Assert.That(spout.NextRetryNanoseconds, Is.EqualTo(due));
        Assert.That(spout.WaitingForRetry, Is.EqualTo(1));
    }

    [Test]
    public void One_call_emits_a_bounded_number_of_records()
    {
        var (spout, output) = Open([.. Enumerable.Range(0, 300).Select(i => $"{i}")]);
        spout.NextTuple(output);
        Assert.That(output.Tuples, Has.Count.EqualTo(256));
        spout.NextTuple(output);
        Assert.That(output.Tuples, Has.Count.EqualTo(300));
    }

    [TestCase(FailKind.Explicit, 5)]
    [TestCase(FailKind.BoltError, 5)]
    [TestCase(FailKind.Forgotten, 5)]
    [TestCase(FailKind.Timeout, 20)]
    public void A_record_is_given_up_when_its_attempts_are_used_up(FailKind kind, int attempts)
    {
        var (spout, output) = Open(["a"]);
        spout.NextTuple(output);
        for (var i = 1; i < attempts; i++) output.FailAndEmitAgain(_context, kind);
        Assert.That(spout.GivenUpLines, Is.Empty);
        Assert.That(output.CountOf("a"), Is.EqualTo(attempts));

        output.FailAndEmitAgain(_context, kind);

        Assert.That(output.CountOf("a"), Is.EqualTo(attempts));
        Assert.That(spout.GivenUpLines, Has.Count.EqualTo(1));
        Assert.That(spout.GivenUpLines[0].Reason.Kind, Is.EqualTo(kind));
        Assert.That(spout.IsExhausted);
    }

    [TestCase(FailKind.WorkerLost)]
    [TestCase(FailKind.LinkLost)]
    public void Losses_of_workers_and_links_never_count(FailKind kind)
    {
        var (spout, output) = Open(["a"]);
        spout.NextTuple(output);
        for (var i = 0; i < 100; i++) output.FailAndEmitAgain(_context, kind);
        Assert.That(output.CountOf("a"), Is.EqualTo(101));
        Assert.That(spout.GivenUpLines, Is.Empty);
    }

    [Test]
    public void Timeouts_and_failures_have_limits_of_their_own()
    {
        var (spout, output) = Open(["a"]);
        spout.NextTuple(output);
        for (var i = 0; i < 19; i++) output.FailAndEmitAgain(_context, FailKind.Timeout);
        for (var i = 0; i < 4; i++) output.FailAndEmitAgain(_context, FailKind.Explicit);
        Assert.That(spout.GivenUpLines, Is.Empty);
        output.FailAndEmitAgain(_context, FailKind.Explicit);
        Assert.That(spout.GivenUpLines, Has.Count.EqualTo(1));
    }

    [Test]
    public void An_emit_that_throws_counts_as_a_failure_and_loses_nothing()
    {
        var (spout, output) = Open(["a"]);
        spout.Emitter = (_, _) => throw new FormatException("no comma");

        for (var attempt = 1; attempt <= 5; attempt++)
        {
            Assert.That(() => spout.NextTuple(output), Throws.TypeOf<FormatException>());
            if (attempt < 5) Assert.That(spout.WaitingForRetry, Is.EqualTo(1));
            if (attempt < 5) _context.Now = spout.NextRetryNanoseconds;
        }

        Assert.That(output.Tuples, Is.Empty);
        Assert.That(spout.GivenUpLines.Single().Line, Is.EqualTo("a"));
        Assert.That(spout.GivenUpLines.Single().Reason.ToString(), Is.EqualTo("bolt error in lines[3]: no comma"));
    }

    [Test]
    public void An_exception_after_the_emit_leaves_the_record_pending()
    {
        var (spout, output) = Open(["a"]);
        spout.Emitter = (line, o) =>
        {
            o.Emit(line);
            throw new FormatException("too late");
        };

        Assert.That(() => spout.NextTuple(output), Throws.TypeOf<FormatException>());
        Assert.That(spout.WaitingForRetry, Is.Zero);
        output.Ack(output.Last.Id);
        Assert.That(spout.AckedLines, Is.EqualTo(new[] { "a" }));
    }

    [Test]
    public void A_record_that_is_not_emitted_is_refused_with_a_clear_message()
    {
        var (spout, output) = Open(["a"]);
        spout.Emitter = (_, _) => { };
        Assert.That(() => spout.NextTuple(output), Throws.TypeOf<EmitException>().With.Message.Contains("exactly once"));
        Assert.That(spout.WaitingForRetry, Is.EqualTo(1));
    }

    [Test]
    public void A_second_emit_of_a_record_is_refused_and_the_first_stands()
    {
        var (spout, output) = Open(["a"]);
        spout.Emitter = (line, o) =>
        {
            o.Emit(line);
            o.Emit(line);
        };
        Assert.That(() => spout.NextTuple(output), Throws.TypeOf<EmitException>().With.Message.Contains("exactly once"));
        Assert.That(output.Tuples, Has.Count.EqualTo(1));
        Assert.That(spout.WaitingForRetry, Is.Zero);
    }

    [Test]
    public void The_output_of_a_record_is_of_no_use_after_its_emit()
    {
        var (spout, output) = Open(["a"]);
        RecordOutput? kept = null;
        spout.Emitter = (line, o) =>
        {
            kept = o;
            o.Emit(line);
        };
        spout.NextTuple(output);
        Assert.That(() => kept!.Emit("b"), Throws.TypeOf<EmitException>());
    }

    [Test]
    public void An_ack_from_within_the_emit_ends_the_record()
    {
        var (spout, output) = Open(["a", "b"]);
        output.AcksAtEmit = true;
        spout.NextTuple(output);
        Assert.That(spout.AckedLines, Is.EqualTo(new[] { "a", "b" }));
        Assert.That(spout.IsExhausted);
    }

    [Test]
    public void An_exception_of_the_ack_within_the_emit_does_not_bring_the_record_back()
    {
        var (spout, output) = Open(["a"]);
        output.AcksAtEmit = true;
        spout.OnAcked = _ => throw new FormatException("in Acked");
        Assert.That(() => spout.NextTuple(output), Throws.TypeOf<FormatException>());
        Assert.That(spout.WaitingForRetry, Is.Zero);
        Assert.That(spout.IsExhausted);
    }

    [Test]
    public void A_second_answer_for_a_message_changes_nothing()
    {
        var (spout, output) = Open(["a", "b"], maxPending: 1);
        spout.NextTuple(output);
        var id = output.Last.Id;
        output.Ack(id);
        spout.NextTuple(output);

        spout.Ack(id);
        spout.Fail(id, new FailReason(FailKind.Timeout));

        Assert.That(spout.AckedLines, Is.EqualTo(new[] { "a" }));
        Assert.That(spout.WaitingForRetry, Is.Zero);
        output.Ack(output.Last.Id);
        Assert.That(spout.AckedLines, Is.EqualTo(new[] { "a", "b" }));
    }

    [Test]
    public void A_spout_that_was_not_opened_says_what_is_missing()
    {
        var spout = new LineSpout();
        Assert.That(() => spout.NextTuple(new PendingOutput(spout)), Throws.InvalidOperationException.With.Message.Contains("base.Open(context)"));
    }

    [Test]
    public void The_steady_state_allocates_nothing_per_record()
    {
        var spout = new NumberSpout();
        spout.Open(_context);
        var output = new SilentOutput();
        void Round()
        {
            spout.NextTuple(output);
            for (var i = 0; i < output.Count; i++)
            {
                if (i % 2 == 0) spout.Ack(output.Ids[i]);
                else spout.Fail(output.Ids[i], new FailReason(FailKind.LinkLost));
            }

            output.Count = 0;
            _context.Now += 1_000_000_000;
        }

        for (var i = 0; i < 100; i++) Round();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1_000; i++) Round();
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);
    }

    private (LineSpout Spout, PendingOutput Output) Open(string[] lines, int maxPending = 16_384)
    {
        var spout = new LineSpout(lines: lines);
        spout.Open(_context);
        return (spout, new PendingOutput(spout, maxPending));
    }

    private sealed class NumberSpout : ReplayingSpout<long>
    {
        private long _next;

        public override Fields Output => ["number"];

        protected override bool TryRead(out long record)
        {
            record = _next++;
            return true;
        }

        protected override void Emit(long record, RecordOutput output) => output.Emit(record);
    }

    private sealed class SilentOutput : SpoutOutput<long>
    {
        public long[] Ids { get; } = new long[256];

        public int Count { get; set; }

        public override int Remaining => Ids.Length - Count;

        internal override void EmitTo(int stream, int task, long messageId, ReadOnlySpan<Value> values) => Ids[Count++] = messageId;

        internal override void EmitUntrackedTo(int stream, int task, ReadOnlySpan<Value> values)
        {
        }
    }
}
