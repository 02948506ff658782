using FsCheck;
using FsCheck.Fluent;

namespace Topology.Tests;

public sealed class ReplayingSpoutProperties
{
    private const int MaxAttempts = 3;

    // What the model does to a random pending tuple at each step.
    private enum Step
    {
        Ack,
        FailExplicitly,
        FailByBolt,
        LoseWorker,
        ThrowInEmit,
    }

    [Test]
    public void Every_record_ends_acked_or_given_up_exactly_once_within_its_attempts()
    {
        var property = Prop.ForAll(Cases(), test => Run(test.Steps, test.Lines, test.MaxPending, test.HasConsumer));
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(500), property);
    }

    private static Arbitrary<(Step[] Steps, int Lines, int MaxPending, bool HasConsumer)> Cases() =>
        (from steps in Gen.ArrayOf(Gen.Elements(Enum.GetValues<Step>()))
         from lines in Gen.Choose(0, 60)
         from maxPending in Gen.Choose(1, 20)
         from hasConsumer in Gen.Elements(true, false)
         select (steps, lines, maxPending, hasConsumer)).ToArbitrary();

    private static bool Run(Step[] steps, int lines, int maxPending, bool hasConsumer)
    {
        var context = new ManualSpoutContext(hasConsumer);
        var spout = new LineSpout(new ReplayPolicy { MaxAttempts = MaxAttempts }, [.. Lines(lines)]);
        spout.Open(context);
        var output = new PendingOutput(spout, maxPending);
        var step = Step.Ack;
        spout.Emitter = (line, o) =>
        {
            if (step == Step.ThrowInEmit) throw new FormatException("as told");
            o.Emit(line);
        };

        var losses = 0;
        for (var turn = 0; !(spout.IsExhausted && output.Pending.Count == 0); turn++)
        {
            if (turn > 10_000) return false;
            step = turn < steps.Length ? steps[turn] : Step.Ack;
            try
            {
                spout.NextTuple(output);
            }
            catch (FormatException)
            {
                // The record waits for its next attempt; the other steps go on.
            }

            if (output.Pending.Count + spout.WaitingForRetry > maxPending) return false;
            if (output.Pending.Count > 0) Answer(output, step, output.Pending.ElementAt(turn % output.Pending.Count), ref losses);
            context.Now += 40_000_000;
        }

        return Endings(spout).Order().SequenceEqual(Lines(lines).Order())
            && Lines(lines).Sum(line => Math.Max(0, output.CountOf(line) - MaxAttempts)) <= losses
            && (hasConsumer ? spout.DeadLetters : spout.LettersWithoutConsumer) == spout.GivenUpLines.Count;
    }

    private static IEnumerable<string> Lines(int count) => Enumerable.Range(0, count).Select(i => $"{i}");

    private static IEnumerable<string> Endings(LineSpout spout) => spout.AckedLines.Concat(spout.GivenUpLines.Select(l => l.Line));

    private static void Answer(PendingOutput output, Step step, long id, ref int losses)
    {
        switch (step)
        {
            case Step.FailExplicitly:
                output.Fail(id);
                break;
            case Step.FailByBolt:
                output.Fail(id, FailKind.BoltError);
                break;
            case Step.LoseWorker:
                losses++;
                output.Fail(id, FailKind.WorkerLost);
                break;
            default:
                output.Ack(id);
                break;
        }
    }
}
