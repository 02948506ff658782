namespace Topology.Testing;

/// <summary>One turn of a simulation.</summary>
/// <param name="Turn">Its number, from 1.</param>
/// <param name="Time">The clock at the turn, from the simulation's start.</param>
/// <param name="Run">The topology's name.</param>
/// <param name="Component">The executor's component; <c>__acker</c> for an acker.</param>
/// <param name="Executor">The executor's number in its run.</param>
/// <param name="HasProgressed">Whether it had anything to do.</param>
/// <param name="Emitted">How many tuples it emitted.</param>
/// <param name="Executed">How many tuples it executed.</param>
/// <param name="Acked">How many tuples it acked or, in a spout, how many of its trees were.</param>
/// <param name="Failed">How many tuples it failed or, in a spout, how many of its trees were.</param>
/// <param name="Hash">Over the tuples that it emitted and its answers, in order; 0 where tuples are not observed.</param>
public readonly record struct TraceEntry(
    long Turn, TimeSpan Time, string Run, string Component, int Executor, bool HasProgressed, int Emitted, int Executed, int Acked, int Failed, ulong Hash)
{
    /// <summary>One line for people.</summary>
    public override string ToString() =>
        $"{Turn} {Time:c} {Run}/{Component}#{Executor} {(HasProgressed ? $"executed {Executed} emitted {Emitted} acked {Acked} failed {Failed} {Hash:x16}" : "idle")}";
}
