namespace Topology;

/// <summary>Why and where a tuple tree failed.</summary>
/// <param name="Kind">The kind of failure.</param>
/// <param name="Component">The component that failed it, or null where none is known, as with a timeout.</param>
/// <param name="Task">The task that failed it, or -1 where none is known.</param>
/// <param name="Detail">What the bolt said, or the message of its exception; null where there is nothing more to say.</param>
public readonly record struct FailReason(FailKind Kind, string? Component = null, int Task = -1, string? Detail = null)
{
    /// <summary>One line for people: <c>bolt error in split[3]: no such key</c>.</summary>
    public override string ToString()
    {
        var kind = Kind switch
        {
            FailKind.Explicit => "failed",
            FailKind.Timeout => "timed out",
            FailKind.BoltError => "bolt error",
            FailKind.WorkerLost => "worker lost",
            FailKind.LinkLost => "link lost",
            _ => "forgotten",
        };
        var where = Component is null ? "" : $" in {Component}[{Task}]";
        return Detail is null ? kind + where : $"{kind}{where}: {Detail}";
    }
}
