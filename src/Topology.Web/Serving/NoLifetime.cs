using Microsoft.Extensions.Hosting;

namespace Topology.Web;

/// <summary>Leaves the process's signals alone: they are for the daemon, which does more than serve.</summary>
internal sealed class NoLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
