namespace Topology.Cli;

/// <summary>Shows nothing.</summary>
internal sealed class QuietRunView : IRunView
{
    public Task FollowAsync(ITopologyRun run, Task ended) => ended;
}
