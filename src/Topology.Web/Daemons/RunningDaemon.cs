using Topology.Cluster;

namespace Topology.Web;

/// <summary>A daemon that was started, for who hosts it.</summary>
/// <param name="Service">What it does for people and programs.</param>
/// <param name="Stopped">Ends when somebody has called <see cref="IClusterService.StopAsync"/>, or with the error that the daemon failed by.</param>
/// <param name="Lifetime">Ends it, and leaves its workers running.</param>
public sealed record RunningDaemon(IClusterService Service, Task Stopped, IAsyncDisposable Lifetime) : IAsyncDisposable
{
    /// <inheritdoc/>
    public ValueTask DisposeAsync() => Lifetime.DisposeAsync();
}
