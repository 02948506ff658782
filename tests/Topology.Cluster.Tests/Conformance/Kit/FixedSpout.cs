namespace Topology.Cluster.Tests.Conformance;

/// <summary>Emits some tuples and is exhausted. Of several tasks the first emits them all.</summary>
internal sealed class FixedSpout(Fields fields, params Value[][] tuples) : ReliableSpout<int>
{
    private int _next;
    private int _count;

    public override Fields Output { get; } = fields;

    public override bool IsExhausted => _next == _count;

    public override void Open(SpoutContext context) => _count = context.TaskIndex == 0 ? tuples.Length : 0;

    public override void NextTuple(SpoutOutput<int> output)
    {
        while (_next < _count && output.Remaining > 0) output.Emit(_next, tuples[_next++]);
    }
}
