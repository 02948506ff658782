using Topology.Engine;

namespace Topology.Cluster.Tests;

public sealed class ReplayTests
{
    [Test]
    public async Task A_tuple_that_fails_at_first_is_replayed_until_it_is_acked()
    {
        var log = new SpoutLog();
        var seen = new Tally(100);
        var result = await Running.RunAsync(topology =>
        {
            topology.SetSpout("numbers", () => new ReplayingNumberSpout(100, log, ReplayingNumberSpout.Attempts(5)));
            topology.SetBolt("moody", () => new FaultyBasicBolt((tuple, _) =>
            {
                seen.Add(tuple[0].AsInt64());
                if (seen[tuple[0].AsInt64()] < 3) throw new InvalidOperationException("not yet");
            })).ShuffleGrouping("numbers");
        });

        seen.ShouldHoldEach(3);
        log.ShouldBeAckedOnce(100);
        Assert.That(log.Emitted, Is.EqualTo(300));
        Assert.That(result.IsLossless, Is.True);
        Assert.That(result.Metrics["numbers"].Failed, Is.EqualTo(200));
    }

    [Test]
    public async Task A_poison_tuple_exhausts_its_attempts_and_lands_on_the_dead_letter_stream()
    {
        var log = new SpoutLog();
        var attempts = new Tally(10);
        var letters = new List<Value[]>();
        var result = await Running.RunAsync(topology =>
        {
            topology.SetSpout("numbers", () => new ReplayingNumberSpout(10, log, ReplayingNumberSpout.Attempts(3)));
            topology.SetBolt("poisoned", () => Poisoned(attempts)).ShuffleGrouping("numbers");
            topology.SetBolt("letters", () => new FaultyBasicBolt((tuple, _) => letters.Add(tuple.ToArray()))).ShuffleGrouping("numbers", StreamId.DeadLetter);
        });

        Assert.That(result.State, Is.EqualTo(RunState.Completed));
        Assert.That(result.IsLossless, Is.True, "somebody has the letter");
        Assert.That(attempts[7], Is.EqualTo(3));
        Assert.That(log.Acked, Is.EqualTo(9));
        Assert.That(log.Fails, Is.EqualTo([(7L, new FailReason(FailKind.BoltError, "poisoned", 3, "InvalidOperationException: poison"))]));
        Assert.That(letters, Has.Count.EqualTo(1));
        Assert.That(letters[0], Is.EqualTo(new Value[] { 7, "bolt error in poisoned[3]: InvalidOperationException: poison", "poisoned", 3 }));
        Assert.That(result.Metrics["numbers"].DeadLetters, Is.EqualTo(1));
    }

    [Test]
    public async Task A_poison_tuple_without_a_consumer_of_dead_letters_makes_the_run_lossy()
    {
        var log = new SpoutLog();
        var attempts = new Tally(10);
        var result = await Running.RunAsync(topology =>
        {
            topology.SetSpout("numbers", () => new ReplayingNumberSpout(10, log, ReplayingNumberSpout.Attempts(3)));
            topology.SetBolt("poisoned", () => Poisoned(attempts)).ShuffleGrouping("numbers");
        });

        Assert.That(result.State, Is.EqualTo(RunState.Completed));
        Assert.That(result.IsLossless, Is.False);
        Assert.That(result.Metrics["numbers"].Lost, Is.EqualTo(1));
        Assert.That(result.Metrics["numbers"].DeadLetters, Is.Zero);
        Assert.That(log.FailedIds, Is.EqualTo([7L]));
        Assert.That(log.Acked, Is.EqualTo(9));
    }

    [Test]
    public async Task A_letter_that_fails_is_sent_again_until_it_is_acked()
    {
        var log = new SpoutLog();
        var letters = 0;
        var result = await Running.RunAsync(topology =>
        {
            topology.SetSpout("numbers", () => new ReplayingNumberSpout(10, log, ReplayingNumberSpout.Attempts(1)));
            topology.SetBolt("poisoned", () => Poisoned(new Tally(10))).ShuffleGrouping("numbers");
            topology.SetBolt("letters", () => new FaultyBasicBolt((_, _) =>
            {
                if (++letters < 4) throw new InvalidOperationException("mailbox full");
            })).ShuffleGrouping("numbers", StreamId.DeadLetter);
        });

        Assert.That(letters, Is.EqualTo(4));
        Assert.That(log.FailedIds, Is.EqualTo([7L]));
        Assert.That(result.IsLossless, Is.True);
    }

    [Test]
    public async Task A_record_whose_own_emit_throws_is_given_up_reported_and_counted_as_lost()
    {
        var log = new SpoutLog();
        var result = await Running.RunAsync(topology =>
        {
            topology.SetSpout("numbers", () => new ReplayingNumberSpout(10, log, ReplayingNumberSpout.Attempts(3))
            {
                Emits = (record, output) =>
                {
                    if (record == 4) output.Emit(record, "one too many");
                    else output.Emit(record);
                },
            });
            topology.SetBolt("sink", () => new FaultyBasicBolt((_, _) => { })).ShuffleGrouping("numbers");
        });

        Assert.That(result.State, Is.EqualTo(RunState.Completed));
        Assert.That(log.FailedIds, Is.EqualTo([4L]));
        Assert.That(log.Acked, Is.EqualTo(9));
        Assert.That(result.Metrics["numbers"].Errors, Is.EqualTo(3));
        Assert.That(result.Errors[0].ToString(), Does.StartWith("numbers[1] NextTuple: EmitException: numbers emitted 2 values on the default stream"));
        Assert.That(result.Metrics["numbers"].Lost, Is.EqualTo(1));
        Assert.That(result.IsLossless, Is.False);
    }

    [Test]
    public async Task A_record_counts_as_lost_though_the_spout_throws_when_it_is_told()
    {
        var log = new SpoutLog();
        var result = await Running.RunAsync(topology =>
        {
            topology.SetSpout("numbers", () => new ReplayingNumberSpout(10, log, ReplayingNumberSpout.Attempts(1))
            {
                OnGivenUp = _ => throw new InvalidOperationException("cannot be"),
            });
            topology.SetBolt("poisoned", () => Poisoned(new Tally(10))).ShuffleGrouping("numbers");
        });

        Assert.That(result.State, Is.EqualTo(RunState.Completed));
        Assert.That(result.Metrics["numbers"].Lost, Is.EqualTo(1));
        Assert.That(result.Errors.Select(e => e.ToString()), Has.One.EqualTo("numbers[1] Fail: InvalidOperationException: cannot be"));
    }

    private static FaultyBasicBolt Poisoned(Tally attempts) => new((tuple, _) =>
    {
        attempts.Add(tuple[0].AsInt64());
        if (tuple[0].AsInt64() == 7) throw new InvalidOperationException("poison");
    });
}
