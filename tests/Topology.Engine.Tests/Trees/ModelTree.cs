namespace Topology.Engine.Tests;

/// <summary>A tuple tree as its spout and bolts tell of it. Times are in nanoseconds.</summary>
internal sealed class ModelTree(long id, int task, long now)
{
    public long Id { get; } = id;

    /// <summary>The spout task that emitted it.</summary>
    public int Task { get; } = task;

    public long EmittedAt { get; } = now;

    /// <summary>When bolts gave it another full timeout.</summary>
    public List<long> Resets { get; } = [];

    /// <summary>Why it has to fail.</summary>
    public List<ModelFailure> Failures { get; } = [];

    /// <summary>Copies of its tuples that are not acked.</summary>
    public int Open { get; set; }

    /// <summary>Copies of its tuples that were ever made.</summary>
    public int Copies { get; set; }

    /// <summary>When the last of its copies was acked; null while one is open.</summary>
    public long? CompletedAt { get; set; }

    public ModelTreeState State { get; set; }

    public long LastTouched => Resets.Count == 0 ? EmittedAt : Resets[^1];

    /// <summary>When it was last touched, as far as an acker knew at a moment.</summary>
    public long LastTouchedBefore(long moment) => Resets.FindLast(r => r <= moment) is > 0 and var reset ? reset : EmittedAt;

    public override string ToString() =>
        $"Tree {Id} of task {Task}, emitted at {EmittedAt / 1e6} ms, {Open} of {Copies} copies open, resets at [{string.Join(", ", Resets.Select(r => r / 1e6))}] ms, "
        + $"complete at {CompletedAt / 1e6} ms, {State}, failures [{string.Join("; ", Failures)}]";
}
