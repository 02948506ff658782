namespace Topology.Bench;

/// <summary>Blocks a thread for a second again and again, or, switched off, only does what leads up to it.</summary>
internal sealed class Blocker(RunCounters counters, bool blocks)
{
    private const int BlockMilliseconds = 1_000;
    private const int PauseMilliseconds = 100;

    /// <summary>From the start of one block to the next, at the least.</summary>
    public static readonly TimeSpan Period = TimeSpan.FromMilliseconds(BlockMilliseconds + PauseMilliseconds);

    private readonly TupleCell _blocks = counters.Blocks.NewCell();

    // Written by the thread that blocks, read by the one that asks.
    private long _lastEnd;

    /// <summary>Whether the pause since the last block is over.</summary>
    public bool IsDue => Environment.TickCount64 - Volatile.Read(ref _lastEnd) >= PauseMilliseconds;

    /// <summary>Blocks, if that is switched on.</summary>
    public void Block()
    {
        if (blocks) Thread.Sleep(BlockMilliseconds);
        Volatile.Write(ref _lastEnd, Environment.TickCount64);
        _blocks.Add(1);
    }
}
