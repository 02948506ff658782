namespace Topology.Cluster.Tests;

/// <summary>A basic bolt written in place.</summary>
internal sealed class FaultyBasicBolt(FaultyBasicExecute execute, params string[] fields) : BasicBolt
{
    public Action<StreamDeclarer>? Streams { get; init; }

    public Action<BoltContext>? OnPrepare { get; init; }

    public Action<AnchoredOutput>? OnTick { get; init; }

    public Action<AnchoredOutput>? OnFinish { get; init; }

    public Action? OnCleanup { get; init; }

    public override Fields Output { get; } = Fields.Create(fields);

    public override void Declare(StreamDeclarer streams) => Streams?.Invoke(streams);

    public override void Prepare(BoltContext context) => OnPrepare?.Invoke(context);

    public override void Cleanup() => OnCleanup?.Invoke();

    protected override void Execute(TupleView tuple, AnchoredOutput output) => execute(tuple, output);

    protected override void Tick(AnchoredOutput output) => OnTick?.Invoke(output);

    protected override void Finish(AnchoredOutput output) => OnFinish?.Invoke(output);
}
