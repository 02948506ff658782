namespace Topology.Cluster.Tests;

/// <summary>An asynchronous bolt written in place.</summary>
internal sealed class FaultyAsyncBolt(int concurrency, Func<TupleCopy, AsyncOutput, CancellationToken, ValueTask> execute, params string[] fields)
    : AsyncBolt(concurrency)
{
    public override Fields Output { get; } = Fields.Create(fields);

    protected override ValueTask ExecuteAsync(TupleCopy tuple, AsyncOutput output, CancellationToken cancellation) => execute(tuple, output, cancellation);
}
