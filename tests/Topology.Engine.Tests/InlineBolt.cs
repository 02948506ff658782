namespace Topology.Engine.Tests;

internal delegate void ExecuteTuple(TupleView tuple, BoltOutput output);

/// <summary>A bolt whose work is written in place.</summary>
internal sealed class InlineBolt(ExecuteTuple execute, params string[] fields) : IBolt
{
    public Fields Output { get; } = Fields.Create(fields);

    public Action<StreamDeclarer>? Streams { get; init; }

    public Action<BoltContext>? Prepared { get; init; }

    public Action<BoltOutput>? Finished { get; init; }

    public Action? CleanedUp { get; init; }

    public void Declare(StreamDeclarer streams) => Streams?.Invoke(streams);

    public void Prepare(BoltContext context) => Prepared?.Invoke(context);

    public void Execute(TupleView tuple, BoltOutput output) => execute(tuple, output);

    public void Finish(BoltOutput output) => Finished?.Invoke(output);

    public void Cleanup() => CleanedUp?.Invoke();
}
