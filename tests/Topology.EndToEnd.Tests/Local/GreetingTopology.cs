using System.Globalization;

namespace Topology.EndToEnd.Tests;

/// <summary>A topology of the tests' own assembly: greets as many times as the setting <c>times</c> says, by printing.</summary>
public sealed class GreetingTopology : ITopology
{
    public void Build(TopologyBuilder topology)
    {
        ArgumentNullException.ThrowIfNull(topology);
        var times = int.Parse(topology.Settings["times"], CultureInfo.InvariantCulture);
        topology.SetSpout("people", () => new PeopleSpout(times));
        topology.SetBolt("greet", () => new GreetBolt()).ShuffleGrouping("people");
    }

    private sealed class PeopleSpout(int times) : ReliableSpout<long>
    {
        private long _next;
        private long _acked;

        public override Fields Output => ["person"];

        public override bool IsExhausted => _acked == times;

        public override void NextTuple(SpoutOutput<long> output)
        {
            if (_next < times && output.Remaining > 0) output.Emit(_next, _next++);
        }

        public override void Ack(long messageId) => _acked++;
    }

    private sealed class GreetBolt : BasicBolt
    {
        public override Fields Output => [];

        protected override void Execute(TupleView tuple, AnchoredOutput output) => Console.WriteLine($"hello {tuple[0].AsInt64()}");
    }
}
