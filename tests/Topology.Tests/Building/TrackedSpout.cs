namespace Topology.Tests;

/// <summary>A reliable spout of these fields and streams, which emits nothing.</summary>
internal sealed class TrackedSpout(params string[] fields) : ReliableSpout<long>
{
    public Action<StreamDeclarer> Streams { get; init; } = static _ => { };

    public override Fields Output => Fields.Create(fields);

    public override void Declare(StreamDeclarer streams) => Streams(streams);

    public override void NextTuple(SpoutOutput<long> output)
    {
    }
}
