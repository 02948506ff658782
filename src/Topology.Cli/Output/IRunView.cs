namespace Topology.Cli;

/// <summary>Shows a run while it lasts.</summary>
internal interface IRunView
{
    /// <summary>Shows the run until a task ends.</summary>
    Task FollowAsync(ITopologyRun run, Task ended);
}
