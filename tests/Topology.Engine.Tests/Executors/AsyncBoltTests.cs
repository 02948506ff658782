using System.Collections.Immutable;

namespace Topology.Engine.Tests;

public sealed class AsyncBoltTests
{
    [Test]
    public void What_a_grouping_of_the_users_own_throws_fails_the_tuple_in_work_at_once()
    {
        var emitted = false;
        var failed = new List<FailReason>();
        var simulation = new Simulation(topology =>
        {
            topology.SetSpout("spout", () => new InlineSpout(output =>
            {
                if (emitted) return;
                emitted = true;
                output.Emit(1, 1);
            })
            {
                Failed = (_, reason) => failed.Add(reason),
            });
            topology.SetBolt("bolt", () => new EchoBolt()).ShuffleGrouping("spout");
            topology.SetBolt("sink", () => new InlineBolt(static (tuple, output) => output.Ack(tuple))).CustomGrouping("bolt", () => new RefusingGrouping());
        }).Start();

        simulation.Settle();

        Assert.That(failed.Select(f => (f.Kind, f.Detail)), Is.EqualTo(new[] { (FailKind.BoltError, "InvalidOperationException: refused") }));
    }

    private sealed class EchoBolt() : AsyncBolt(concurrency: 1)
    {
        public override Fields Output => ["number"];

        protected override ValueTask ExecuteAsync(TupleCopy tuple, AsyncOutput output, CancellationToken cancellation)
        {
            output.Emit(tuple[0]);
            return ValueTask.CompletedTask;
        }
    }

    private sealed class RefusingGrouping : ICustomGrouping
    {
        public void Prepare(ComponentContext source, StreamId stream, ImmutableArray<int> targets)
        {
        }

        public void Choose(ReadOnlySpan<Value> values, List<int> chosen) => throw new InvalidOperationException("refused");
    }
}
