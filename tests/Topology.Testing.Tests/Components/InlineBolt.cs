namespace Topology.Testing.Tests;

/// <summary>A bolt whose code stands in the test.</summary>
internal sealed class InlineBolt(InlineBolt.Execution execute, params string[] fields) : IBolt
{
    public delegate void Execution(TupleView tuple, BoltOutput output);

    public Action<BoltContext>? Prepared { get; init; }

    public Action<BoltOutput>? Finished { get; init; }

    public Action? CleanedUp { get; init; }

    public Action<StreamDeclarer>? Streams { get; init; }

    public Fields Output { get; } = Fields.Create(fields);

    public void Declare(StreamDeclarer streams) => Streams?.Invoke(streams);

    public void Prepare(BoltContext context) => Prepared?.Invoke(context);

    public void Execute(TupleView tuple, BoltOutput output) => execute(tuple, output);

    public void Finish(BoltOutput output) => Finished?.Invoke(output);

    public void Cleanup() => CleanedUp?.Invoke();
}
