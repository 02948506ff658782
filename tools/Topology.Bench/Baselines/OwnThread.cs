namespace Topology.Bench;

/// <summary>Runs loops that never wait on threads of their own, so that the pool's stay free for what does.</summary>
internal static class OwnThread
{
    /// <summary>Runs an action on a new thread; the task ends, or faults, with it.</summary>
    public static Task Run(Action action) =>
        Task.Factory.StartNew(action, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
}
