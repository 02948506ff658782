namespace Topology.Testing;

/// <summary>The streams of a spout, for a plan; see <see cref="BoltShape"/>.</summary>
internal sealed class SpoutShape(Fields output, StreamDeclarer declared) : Spout
{
    public override Fields Output => output;

    public override void Declare(StreamDeclarer streams)
    {
        foreach (var (name, fields, direct) in declared.Streams)
        {
            if (direct) streams.AddDirect(name, fields);
            else streams.Add(name, fields);
        }
    }

    public override void NextTuple(SpoutOutput output) => throw new NotSupportedException("A shape is not run.");
}
