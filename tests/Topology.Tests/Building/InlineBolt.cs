namespace Topology.Tests;

/// <summary>A bolt of these fields and streams, which does nothing.</summary>
internal sealed class InlineBolt(params string[] fields) : IBolt
{
    public Action<StreamDeclarer> Streams { get; init; } = static _ => { };

    public Fields Output { get; init; } = Fields.Create(fields);

    public void Declare(StreamDeclarer streams) => Streams(streams);

    public void Execute(TupleView tuple, BoltOutput output) => output.Ack(tuple);
}
