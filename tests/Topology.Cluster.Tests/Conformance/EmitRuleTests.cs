using Topology.Testing;

namespace Topology.Cluster.Tests.Conformance;

/// <summary>
/// What may be emitted: 2.5 of Storm's rules. There a bad emit kills the worker, and a wrong number of values is found in local mode only; here each is found on every
/// emit, and fails the tuple in hand.
/// </summary>
[TestFixture(StageKind.TwoLoops)]
[TestFixture(StageKind.Simulated)]
public sealed class EmitRuleTests(StageKind kind)
{
    [Test]
    public async Task A_wrong_number_of_values_fails_the_tuple()
    {
        var (error, _) = await EmitAsync(static (tuple, output, _) => output.Emit(tuple, 1, 2));

        Assert.That(error, Does.Contain("emitted 2 values on the default stream, which has 1 fields [value]"));
    }

    [Test]
    public async Task A_regular_emit_on_a_direct_stream_fails_the_tuple()
    {
        var (error, _) = await EmitAsync(static (tuple, output, context) => output.Emit(context.Stream("direct"), tuple, 1));

        Assert.That(error, Does.Contain("which is direct. Use EmitDirect"));
    }

    [Test]
    public async Task A_direct_emit_on_a_regular_stream_fails_the_tuple()
    {
        var (error, _) = await EmitAsync(static (tuple, output, context) => output.EmitDirect(context.TasksOf("direct")[0], context.Stream("default"), tuple, 1));

        Assert.That(error, Does.Contain("which is not direct"));
    }

    /// <summary>Storm drops such a tuple without a word.</summary>
    [Test]
    public async Task A_direct_emit_to_a_task_that_does_not_subscribe_fails_the_tuple()
    {
        var (error, _) = await EmitAsync(static (tuple, output, context) => output.EmitDirect(context.TasksOf("regular")[0], context.Stream("direct"), tuple, 1));

        Assert.That(error, Does.Contain("does not subscribe to 'direct' by direct grouping"));
    }

    /// <summary>Storm drops such a tuple, too.</summary>
    [Test]
    public async Task A_direct_emit_on_a_stream_that_nobody_subscribes_to_fails_the_tuple([Values("regular", "direct", "nobody")] string target)
    {
        var named = 0;
        var (error, _) = await EmitAsync((tuple, output, context) =>
        {
            named = context.TasksOf(target).FirstOrDefault(1_000);
            output.EmitDirect(named, context.Stream("lonely"), tuple, 1);
        });

        Assert.That(error, Is.EqualTo($"bolt cannot EmitDirect to task {named}: it does not subscribe to 'lonely' by direct grouping."));
    }

    [Test]
    public async Task A_stream_that_was_not_declared_cannot_be_asked_for()
    {
        var (error, _) = await EmitAsync(static (tuple, output, context) => output.Emit(context.Stream("latte"), tuple, 1));

        Assert.That(error, Does.Contain("declares no stream 'latte'"));
    }

    [Test]
    public async Task A_direct_emit_reaches_the_task_it_names()
    {
        var (error, recorder) = await EmitAsync(static (tuple, output, context) =>
        {
            foreach (var task in context.TasksOf("direct").Reverse()) output.EmitDirect(task, context.Stream("direct"), tuple, task);
        });

        Assert.That(error, Is.Null);
        Assert.That(recorder.All.Select(r => (r.Task, r.Values[0].AsInt32())), Is.EquivalentTo(recorder.All.Select(r => (r.Task, r.Task))).And.Exactly(3).Items);
    }

    [Test]
    public async Task A_bad_emit_of_a_spout_is_reported_and_what_it_emits_afterwards_is_not_held_back()
    {
        await using var stage = Stage.Start(kind, topology =>
        {
            topology.SetSpout("spout", () => new FixedSpout(["value"], [["a", "b"], ["c"]]));
            topology.SetBolt("bolt", InlineBolt.Acking).ShuffleGrouping("spout");
        });
        stage.Advance(1);

        var result = await stage.EndAsync();

        Assert.That(result.Errors.Select(e => (e.Call, e.Error.GetType())), Is.EqualTo(new[] { ("NextTuple", typeof(EmitException)) }));
        Assert.That((result.Metrics["spout"].Emitted, result.Metrics["spout"].Acked, result.Metrics["spout"].Pending), Is.EqualTo((1, 1, 0)));
    }

    /// <summary>Each consumer of a stream gets the tuple, and its tree waits for all of them.</summary>
    [Test]
    public async Task Several_consumers_of_a_stream_get_a_copy_each()
    {
        var feeder = new Feeder(["value"]);
        var recorder = new Recorder();
        await using var stage = Stage.Start(kind, topology =>
        {
            topology.SetSpout("spout", () => new FeederSpout(feeder));
            topology.SetBolt("a", () => new RecordingBolt(recorder)).ShuffleGrouping("spout");
            topology.SetBolt("b", () => new RecordingBolt(recorder), parallelism: 2).AllGrouping("spout");
            topology.SetBolt("c", static () => new InlineBolt([], static (tuple, output) => output.Hold(tuple))).GlobalGrouping("spout");
        });

        feeder.Feed("x");
        stage.Settle();

        Assert.That(recorder.Texts, Is.EqualTo(new[] { "x", "x", "x" }));
        Assert.That(stage.Metrics["spout"].Transferred, Is.EqualTo(4));
        Assert.That(feeder.Acked.Length, Is.Zero, "One of the four is held.");
    }

    /// <summary>Runs a bolt on one tuple. The message of the error that it caused, and what reached the tasks of <c>direct</c>.</summary>
    private async Task<(string? Error, Recorder Recorder)> EmitAsync(Emits emits)
    {
        var feeder = new Feeder(["value"]);
        var recorder = new Recorder();
        await using var stage = Stage.Start(kind, topology =>
        {
            topology.SetSpout("spout", () => new FeederSpout(feeder));
            topology.SetBolt("bolt", () =>
            {
                BoltContext context = null!;
                return new InlineBolt(["value"], (tuple, output) =>
                {
                    emits(tuple, output, context);
                    output.Ack(tuple);
                })
                {
                    Prepared = prepared => context = prepared,
                    Streams = static streams =>
                    {
                        streams.AddDirect("direct", ["value"]);
                        streams.AddDirect("lonely", ["value"]);
                    },
                };
            }).ShuffleGrouping("spout");
            topology.SetBolt("regular", InlineBolt.Acking).ShuffleGrouping("bolt");
            topology.SetBolt("direct", () => new RecordingBolt(recorder), parallelism: 3).DirectGrouping("bolt", "direct");
        });
        feeder.Feed("x");
        stage.Settle();

        var error = stage.Errors.IsEmpty ? null : stage.Errors.Single().Error.Message;
        Assert.That(feeder.Reasons().Select(r => r.Kind), Is.EqualTo(error is null ? [] : new[] { FailKind.BoltError }));
        return (error, recorder);
    }

    private delegate void Emits(TupleView tuple, BoltOutput output, BoltContext context);
}
