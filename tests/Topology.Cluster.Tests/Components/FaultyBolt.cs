namespace Topology.Cluster.Tests;

/// <summary>A bolt written in place, which answers for its tuples itself.</summary>
internal sealed class FaultyBolt(FaultyExecute execute, params string[] fields) : IBolt
{
    public Action<StreamDeclarer>? Streams { get; init; }

    public Action<BoltContext>? OnPrepare { get; init; }

    public Action<BoltOutput>? OnFinish { get; init; }

    public Action? OnCleanup { get; init; }

    public Fields Output { get; } = Fields.Create(fields);

    public void Declare(StreamDeclarer streams) => Streams?.Invoke(streams);

    public void Prepare(BoltContext context) => OnPrepare?.Invoke(context);

    public void Execute(TupleView tuple, BoltOutput output) => execute(tuple, output);

    public void Finish(BoltOutput output) => OnFinish?.Invoke(output);

    public void Cleanup() => OnCleanup?.Invoke();
}
