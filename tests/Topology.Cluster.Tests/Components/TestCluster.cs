namespace Topology.Cluster.Tests;

/// <summary>A cluster for one test. A run that does not end when it is stopped fails the test rather than hang it.</summary>
internal sealed class TestCluster(LocalClusterOptions? options = null) : IAsyncDisposable
{
    private readonly LocalCluster _cluster = new(options);

    public LocalRun Submit(Action<TopologyBuilder> build, bool active = true) => _cluster.Submit(new BuiltTopology(build), "test", active: active);

    public async ValueTask DisposeAsync() => await _cluster.DisposeAsync().AsTask().WaitAsync(Running.Patience);
}
