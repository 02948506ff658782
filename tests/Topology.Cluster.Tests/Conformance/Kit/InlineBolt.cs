namespace Topology.Cluster.Tests.Conformance;

/// <summary>A bolt of a few lines, which answers for its tuples itself.</summary>
internal sealed class InlineBolt(Fields output, InlineExecute execute) : IBolt
{
    public Fields Output { get; } = output;

    /// <summary>What it does in <c>Prepare</c>.</summary>
    public Action<BoltContext>? Prepared { get; init; }

    /// <summary>Which streams it declares.</summary>
    public Action<StreamDeclarer>? Streams { get; init; }

    /// <summary>Has each tuple acked.</summary>
    public static InlineBolt Acking() => new([], static (tuple, output) => output.Ack(tuple));

    /// <summary>Keeps each tuple until the next tick, and passes it on then.</summary>
    public static InlineBolt PassingOnAtTick()
    {
        var held = new List<HeldTuple>();
        return new InlineBolt(["value"], (tuple, output) =>
        {
            if (!tuple.IsTick)
            {
                held.Add(output.Hold(tuple));
                return;
            }

            foreach (var each in held)
            {
                output.Emit(each, 1);
                output.Ack(each);
            }

            held.Clear();
        });
    }

    public void Declare(StreamDeclarer streams) => Streams?.Invoke(streams);

    public void Prepare(BoltContext context) => Prepared?.Invoke(context);

    public void Execute(TupleView tuple, BoltOutput output) => execute(tuple, output);
}
