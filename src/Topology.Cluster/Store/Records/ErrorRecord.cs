namespace Topology.Cluster;

/// <summary>An error of user code, which may have happened many times. Immutable.</summary>
/// <param name="Topology">The topology's id.</param>
/// <param name="Component">The component whose code threw or reported it.</param>
/// <param name="Task">Its task.</param>
/// <param name="Message">One line for people; longer ones are cut at 1,024 characters.</param>
/// <param name="Detail">The stack and what else there is; longer ones are cut at 16,384 characters. That of the first time.</param>
/// <param name="FirstAt">When it was reported first.</param>
/// <param name="LastAt">When it was reported last.</param>
/// <param name="Count">How many times it was reported from first to last; at least 1.</param>
public sealed record ErrorRecord(string Topology, string Component, int Task, string Message, string Detail, DateTimeOffset FirstAt, DateTimeOffset LastAt, long Count)
{
    /// <summary>An error that was reported once.</summary>
    public static ErrorRecord Once(string topology, string component, int task, string message, string detail, DateTimeOffset at) =>
        new(topology, component, task, message, detail, at, at, 1);
}
