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
/// <param name="Hash">Over the tuples that it emitted and what it answered, in order.</param>
public readonly record struct TraceEntry(
    long Turn, TimeSpan Time, string Run, string Component, int Executor, bool HasProgressed, int Emitted, int Executed, ulong Hash)
{
    /// <summary>One line for people.</summary>
    public override string ToString() =>
        $"{Turn} {Time:c} {Run}/{Component}#{Executor} executed {Executed} emitted {Emitted}{(HasProgressed ? "" : " idle")} {Hash:x16}";
}
