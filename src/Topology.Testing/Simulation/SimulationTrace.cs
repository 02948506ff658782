using System.Collections.Immutable;

namespace Topology.Testing;

/// <summary>What a simulation did, turn by turn: two runs that did the same have the same <see cref="Hash"/>.</summary>
public sealed class SimulationTrace
{
    private readonly Queue<TraceEntry> _newest = new();
    private readonly int _length;

    internal SimulationTrace(int length) => _length = length;

    /// <summary>How many turns there were.</summary>
    public long Turns { get; private set; }

    /// <summary>Over all turns: who had each, when, and how many tuples were emitted, executed and answered in it; which ones, where <see cref="SimulationOptions.ObservesTuples"/> says so.</summary>
    public ulong Hash { get; private set; }

    /// <summary>The newest turns, oldest first.</summary>
    public ImmutableArray<TraceEntry> Newest => [.. _newest];

    /// <summary>The newest turns, one a line.</summary>
    public override string ToString() => string.Join(Environment.NewLine, _newest);

    internal void Add(TraceEntry entry)
    {
        Turns++;
        Hash = StableHash.Of(
            [(long)Hash, entry.Run, entry.Executor, entry.Time, entry.HasProgressed, entry.Emitted, entry.Executed, entry.Acked, entry.Failed, (long)entry.Hash]);
        if (_length == 0) return;
        if (_newest.Count == _length) _newest.Dequeue();
        _newest.Enqueue(entry);
    }
}
