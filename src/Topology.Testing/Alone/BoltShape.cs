namespace Topology.Testing;

/// <summary>The streams of a bolt, for a plan: the bolt itself, of which there may be one instance only, takes its place afterwards.</summary>
internal sealed class BoltShape(Fields output, StreamDeclarer declared) : IBolt
{
    public Fields Output => output;

    public void Declare(StreamDeclarer streams)
    {
        foreach (var (name, fields, direct) in declared.Streams)
        {
            if (direct) streams.AddDirect(name, fields);
            else streams.Add(name, fields);
        }
    }

    public void Execute(TupleView tuple, BoltOutput output) => throw new NotSupportedException("A shape is not run.");
}
