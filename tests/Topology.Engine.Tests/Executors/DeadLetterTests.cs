using System.Collections.Immutable;

namespace Topology.Engine.Tests;

/// <summary>A dead letter that cannot be emitted must not end the engine: the tuple fails instead.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class DeadLetterTests
{
    private readonly List<long> _acked = [];
    private readonly List<FailReason> _failed = [];
    private readonly List<string> _letters = [];

    [Test]
    public void A_tuple_that_emits_beyond_the_outbox_limit_goes_to_the_dead_letters()
    {
        var simulation = Start(
            topology => topology.Options = topology.Options with { OutboxLimit = 1, ChannelCapacity = 1 },
            static (tuple, output) =>
            {
                for (var i = 0; i < 10; i++) output.Emit(tuple, i);
                output.Ack(tuple);
            });

        simulation.RunToEnd();

        Assert.That(_letters, Is.EqualTo(new[] { "EmitException" }));
        Assert.That(_acked, Is.EqualTo(new[] { 1 }));
        Assert.That(simulation.Result.State, Is.EqualTo(RunState.Completed));
    }

    [Test]
    public void A_letter_that_is_too_long_fails_its_tuple()
    {
        var simulation = Start(
            topology => topology.Options = topology.Options with { MaxValueBytes = 1000 },
            static (_, _) => throw new InvalidOperationException(new string('x', 1000)));

        simulation.RunToEnd();

        Assert.That(_letters, Is.Empty);
        Assert.That(_failed.Single().Kind, Is.EqualTo(FailKind.BoltError));
        Assert.That(simulation.Result.Errors.Select(e => e.Call), Is.EqualTo(new[] { "dead letter", "Execute" }));
        Assert.That(simulation.Result.State, Is.EqualTo(RunState.Completed));
    }

    [Test]
    public void A_letter_that_a_custom_grouping_refuses_fails_its_tuple()
    {
        var simulation = Start(_ => { }, static (_, _) => throw new InvalidOperationException("no"), () => new RefusingGrouping());

        simulation.RunToEnd();

        Assert.That(_failed.Single().Kind, Is.EqualTo(FailKind.BoltError));
        Assert.That(simulation.Result.State, Is.EqualTo(RunState.Completed));
    }

    [Test]
    public void An_exception_that_cannot_say_what_it_is_fails_its_tuple()
    {
        var simulation = Start(_ => { }, static (_, _) => throw new MuteException());

        simulation.RunToEnd();

        Assert.That(_letters, Is.EqualTo(new[] { nameof(MuteException) }));
        Assert.That(simulation.Result.State, Is.EqualTo(RunState.Completed));
    }

    private Simulation Start(Action<TopologyBuilder> options, ExecuteTuple execute, Func<ICustomGrouping>? grouping = null)
    {
        var emitted = false;
        return new Simulation(topology =>
        {
            options(topology);
            topology.SetSpout("spout", () => new InlineSpout(output =>
            {
                if (emitted) return;
                emitted = true;
                output.Emit(1, 1);
            })
            {
                Exhausted = () => emitted,
                Acked = _acked.Add,
                Failed = (_, reason) => _failed.Add(reason),
            });
            topology.SetBolt("bolt", () => new InlineBolt(execute, "number")).ShuffleGrouping("spout").OnError(ErrorPolicy.DeadLetter);
            topology.SetBolt("sink", () => new InlineBolt(static (tuple, output) => output.Ack(tuple))).ShuffleGrouping("bolt");
            topology.SetBolt("letters", () => new InlineBolt((tuple, output) =>
            {
                _letters.Add(tuple["error"].AsString().Split(':')[0]);
                output.Ack(tuple);
            })).CustomGrouping("bolt", grouping ?? (() => new FirstGrouping()), StreamId.DeadLetter);
        }).Start();
    }

    private sealed class FirstGrouping : ICustomGrouping
    {
        private int _first;

        public void Prepare(ComponentContext source, StreamId stream, ImmutableArray<int> targets) => _first = targets[0];

        public void Choose(ReadOnlySpan<Value> values, List<int> chosen) => chosen.Add(_first);
    }

    private sealed class RefusingGrouping : ICustomGrouping
    {
        public void Prepare(ComponentContext source, StreamId stream, ImmutableArray<int> targets)
        {
        }

        public void Choose(ReadOnlySpan<Value> values, List<int> chosen) => throw new InvalidOperationException("refused");
    }

    private sealed class MuteException : Exception
    {
        public override string Message => throw new NotSupportedException();
    }
}
