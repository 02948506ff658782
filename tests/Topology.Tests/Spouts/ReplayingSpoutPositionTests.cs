using FsCheck;
using FsCheck.Fluent;

namespace Topology.Tests;

public sealed class ReplayingSpoutPositionTests
{
    private static readonly ReplayPolicy TwoAttempts = new() { MaxAttempts = 2, MaxTimeouts = 2 };

    // What the model does at each step; answers are for a pending tuple that the step's number chooses.
    private enum Step
    {
        Ack,
        FailExplicitly,
        TimeOut,
        LoseWorker,
        Commit,
        Restart,
    }

    [Test]
    public void The_position_is_that_of_the_first_record_that_is_neither_acked_nor_given_up()
    {
        var context = new ManualSpoutContext();
        var (spout, output) = Open(context, 5);
        spout.NextTuple(output);
        var ids = output.Tuples.Select(t => t.Id).ToArray();

        Assert.That(Commit(spout, context), Is.Zero);
        output.Ack(ids[1]);
        Assert.That(Commit(spout, context), Is.Zero);
        output.Ack(ids[0]);
        Assert.That(Commit(spout, context), Is.EqualTo(2));
        output.Fail(ids[2]);
        output.Ack(ids[3]);
        Assert.That(Commit(spout, context), Is.EqualTo(2), "it waits for its next attempt");
        output.Ack(ids[4]);
        context.Now = spout.NextRetryNanoseconds;
        spout.NextTuple(output);
        output.Ack(output.Last.Id);
        Assert.That(Commit(spout, context), Is.EqualTo(5));
    }

    [Test]
    public void A_record_that_is_given_up_holds_the_position_until_its_letter_is_acked()
    {
        var context = new ManualSpoutContext(hasLetterConsumer: true);
        var (spout, output) = Open(context, 2);
        spout.NextTuple(output);
        output.Ack(output.Tuples[1].Id);
        var first = output.Tuples[0].Id;
        for (var attempt = 0; attempt < 2; attempt++)
        {
            output.Fail(attempt == 0 ? first : output.Last.Id);
            context.Now = spout.NextRetryNanoseconds;
            spout.NextTuple(output);
        }

        Assert.That(output.Last.Stream, Is.EqualTo(ManualSpoutContext.LetterStream.Index));
        Assert.That(Commit(spout, context), Is.Zero);
        output.Ack(output.Last.Id);
        Assert.That(Commit(spout, context), Is.EqualTo(2));
    }

    [Test]
    public void A_lost_worker_or_link_is_no_attempt_and_sends_nothing_to_the_dead_letters()
    {
        var context = new ManualSpoutContext(hasLetterConsumer: true);
        var (spout, output) = Open(context, 1);
        spout.NextTuple(output);
        for (var loss = 0; loss < 100; loss++) output.FailAndEmitAgain(context, loss % 2 == 0 ? FailKind.WorkerLost : FailKind.LinkLost);

        Assert.That(output.Tuples.Select(t => t.Stream), Is.All.Zero);
        Assert.That(spout.DeadLetters, Is.Zero);
        output.Ack(output.Last.Id);
        Assert.That(spout.IsExhausted);
    }

    [Test]
    public void Without_positions_nothing_is_committed()
    {
        var context = new ManualSpoutContext();
        var spout = new LineSpout(lines: "a");
        spout.Open(context);
        var output = new PendingOutput(spout);
        spout.CommitPosition();
        spout.NextTuple(output);
        spout.CommitPosition();
        Assert.That(context.Kept.Committed, Is.Empty);
    }

    [Test]
    public void The_position_never_passes_a_record_that_is_open_and_never_moves_backwards()
    {
        var cases = (from steps in Gen.ArrayOf(Gen.Zip(Gen.Elements(Enum.GetValues<Step>()), Gen.Choose(0, 1_000)))
                     from records in Gen.Choose(0, 60)
                     from maxPending in Gen.Choose(1, 20)
                     from hasConsumer in Gen.Elements(true, false)
                     select (steps, records, maxPending, hasConsumer)).ToArbitrary();
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(1_000), Prop.ForAll(cases, test => Run(test.steps, test.records, test.maxPending, test.hasConsumer)));
    }

    /// <summary>Works all records off through failures and restarts, and compares each commit with what the model knows is done.</summary>
    private static bool Run((Step Step, int Choice)[] steps, int records, int maxPending, bool hasConsumer)
    {
        var context = new ManualSpoutContext(hasConsumer);
        var everDone = new HashSet<long>();
        var done = new HashSet<long>();
        var (spout, output) = Open(context, records, maxPending, done);
        for (var turn = 0; !(spout.IsExhausted && output.Pending.Count == 0); turn++)
        {
            if (turn > 10_000) return false;
            var (step, choice) = turn < steps.Length ? steps[turn] : (Step.Ack, turn);
            spout.NextTuple(output);
            if (step == Step.Restart) (spout, output) = Open(context, records, maxPending, done);
            if (step == Step.Restart) done.Clear();
            Answer(output, step, choice);
            context.Now += 150_000_000;
            everDone.UnionWith(done);
            if (step == Step.Commit && !IsRight(Commit(spout, context), spout, output, done, everDone)) return false;
        }

        return Commit(spout, context) == records
            && everDone.Count == records
            && context.Kept.Committed.Select(p => p.Number).SequenceEqual(context.Kept.Committed.Select(p => p.Number).Order());
    }

    private static bool IsRight(long position, PlaceSpout spout, PendingOutput output, HashSet<long> done, HashSet<long> everDone)
    {
        var read = output.Tuples.Where(t => t.Stream == 0).Select(t => t.Values[0].AsInt64() + 1).Append(spout.Start).Max();
        var firstOpen = spout.Start;
        while (firstOpen < read && done.Contains(firstOpen)) firstOpen++;
        return position == firstOpen && Enumerable.Range(0, (int)position).All(number => everDone.Contains(number));
    }

    private static void Answer(PendingOutput output, Step step, int choice)
    {
        if (output.Pending.Count == 0) return;
        var id = output.Pending.ElementAt(choice % output.Pending.Count);
        switch (step)
        {
            case Step.Ack:
                output.Ack(id);
                break;
            case Step.FailExplicitly:
                output.Fail(id);
                break;
            case Step.TimeOut:
                output.Fail(id, FailKind.Timeout);
                break;
            case Step.LoseWorker:
                output.Fail(id, FailKind.WorkerLost);
                break;
        }
    }

    private static (PlaceSpout Spout, PendingOutput Output) Open(ManualSpoutContext context, int records, int maxPending = 100, HashSet<long>? done = null)
    {
        var spout = new PlaceSpout(TwoAttempts, records) { Done = number => done?.Add(number) };
        spout.Open(context);
        return (spout, new PendingOutput(spout, maxPending));
    }

    private static long Commit(PlaceSpout spout, ManualSpoutContext context)
    {
        spout.CommitPosition();
        return context.Kept.Committed[^1].Number;
    }
}
