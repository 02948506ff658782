using Topology.Engine;

namespace Topology.Cluster.Tests;

public sealed class DeadLetterPolicyTests
{
    [Test]
    public async Task A_tuple_that_throws_goes_to_the_bolts_dead_letter_stream_and_is_acked_there()
    {
        var log = new SpoutLog();
        var letters = new List<Value[]>();
        var result = await Running.RunAsync(topology =>
        {
            topology.SetSpout("numbers", () => new NumberSpout(10, log));
            topology.SetBolt("bad", () => ThrowsOn(4)).OnError(ErrorPolicy.DeadLetter).ShuffleGrouping("numbers");
            topology.SetBolt("letters", () => new FaultyBasicBolt((tuple, _) => letters.Add(tuple.ToArray()))).ShuffleGrouping("bad", StreamId.DeadLetter);
        });

        log.ShouldBeAckedOnce(10);
        Assert.That(letters, Has.Count.EqualTo(1));
        Assert.That(letters[0], Is.EqualTo(new Value[] { "bad", 1, "InvalidOperationException: four", "numbers/default", "4" }));
        Assert.That(result.Metrics["bad"].DeadLetters, Is.EqualTo(1));
        Assert.That(result.Metrics["bad"].Acked, Is.EqualTo(10));
        Assert.That(result.Metrics["bad"].Executed, Is.EqualTo(10));
        Assert.That(result.Errors.Select(e => e.ToString()), Is.EqualTo(["bad[1] Execute on (4): InvalidOperationException: four"]));
        Assert.That(result.IsLossless, Is.True);
    }

    [Test]
    public async Task A_dead_letter_is_in_the_tree_of_its_tuple_so_that_its_loss_is_heard_of()
    {
        var log = new SpoutLog();
        await Running.RunAsync(topology =>
        {
            topology.SetSpout("numbers", () => new NumberSpout(10, log));
            topology.SetBolt("bad", () => ThrowsOn(4)).OnError(ErrorPolicy.DeadLetter).ShuffleGrouping("numbers");
            topology.SetBolt("letters", () => new FaultyBasicBolt((_, _) => throw new InvalidOperationException("full"))).ShuffleGrouping("bad", StreamId.DeadLetter);
        });

        Assert.That(log.Acked, Is.EqualTo(9));
        Assert.That(log.Fails, Is.EqualTo([(4L, new FailReason(FailKind.BoltError, "letters", 2, "InvalidOperationException: full"))]));
    }

    [Test]
    public async Task Without_a_consumer_of_dead_letters_the_tuple_fails()
    {
        var log = new SpoutLog();
        var result = await Running.RunAsync(topology =>
        {
            topology.SetSpout("numbers", () => new NumberSpout(10, log));
            topology.SetBolt("bad", () => ThrowsOn(4)).OnError(ErrorPolicy.DeadLetter).ShuffleGrouping("numbers");
        });

        Assert.That(log.FailedIds, Is.EqualTo([4L]));
        Assert.That(result.Metrics["bad"].DeadLetters, Is.Zero);
    }

    [Test]
    public async Task A_tuple_that_was_answered_for_before_it_threw_becomes_no_letter()
    {
        var log = new SpoutLog();
        var letters = 0;
        var result = await Running.RunAsync(topology =>
        {
            topology.SetSpout("numbers", () => new NumberSpout(10, log));
            topology.SetBolt("bad", () => new FaultyBolt((tuple, output) =>
            {
                output.Ack(tuple);
                throw new InvalidOperationException("afterwards");
            })).OnError(ErrorPolicy.DeadLetter).ShuffleGrouping("numbers");
            topology.SetBolt("letters", () => new FaultyBasicBolt((_, _) => letters++)).ShuffleGrouping("bad", StreamId.DeadLetter);
        });

        log.ShouldBeAckedOnce(10);
        Assert.That(letters, Is.Zero);
        Assert.That(result.Metrics["bad"].Errors, Is.EqualTo(10));
    }

    [Test]
    public async Task A_tuple_that_exceeds_the_outbox_limit_fails_or_becomes_a_letter_and_the_bolt_goes_on()
    {
        var log = new SpoutLog();
        var letters = 0;
        var result = await Running.RunAsync(topology =>
        {
            topology.Options = topology.Options with { EventLoops = 1, OutboxLimit = 100, ChannelCapacity = 10 };
            topology.SetSpout("numbers", () => new NumberSpout(10, log));
            topology.SetBolt("fan", () => new FaultyBasicBolt(
                (tuple, output) =>
                {
                    for (var i = 0; i < (tuple[0].AsInt64() == 4 ? 1000 : 1); i++) output.Emit(i);
                },
                "number")).OnError(ErrorPolicy.DeadLetter).ShuffleGrouping("numbers");
            topology.SetBolt("sink", () => new FaultyBasicBolt((_, _) => { })).ShuffleGrouping("fan");
            topology.SetBolt("letters", () => new FaultyBasicBolt((_, _) => letters++)).ShuffleGrouping("fan", StreamId.DeadLetter);
        });

        Assert.That(result.State, Is.EqualTo(RunState.Completed));
        Assert.That(log.Answered, Is.EqualTo(10));
        Assert.That(log.Failed + letters, Is.EqualTo(1));
        Assert.That(result.Errors.Select(e => e.ToString()), Has.One.Contains("fan[1] Execute on (4): EmitException: fan emitted more than 100 tuples"));
    }

    [Test]
    public async Task A_letter_too_long_to_be_emitted_fails_its_tuple_and_the_bolt_goes_on()
    {
        var log = new SpoutLog();
        var letters = 0;
        var result = await Running.RunAsync(topology =>
        {
            topology.Options = topology.Options with { MaxValueBytes = 64 };
            topology.SetSpout("numbers", () => new NumberSpout(10, log));
            topology.SetBolt("bad", () => new FaultyBasicBolt((tuple, _) =>
            {
                if (tuple[0].AsInt64() == 4) throw new InvalidOperationException(new string('x', 1000));
            })).OnError(ErrorPolicy.DeadLetter).ShuffleGrouping("numbers");
            topology.SetBolt("letters", () => new FaultyBasicBolt((_, _) => letters++)).ShuffleGrouping("bad", StreamId.DeadLetter);
        });

        Assert.That(result.State, Is.EqualTo(RunState.Completed));
        Assert.That(log.Answered, Is.EqualTo(10));
        Assert.That(log.Failed + letters, Is.EqualTo(1));
    }

    private static FaultyBasicBolt ThrowsOn(long number) => new((tuple, _) =>
    {
        if (tuple[0].AsInt64() == number) throw new InvalidOperationException("four");
    });
}
