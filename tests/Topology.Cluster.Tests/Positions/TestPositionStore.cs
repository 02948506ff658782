using Topology.Engine;

namespace Topology.Cluster.Tests;

/// <summary>A store that remembers every write, and that the test may have fail, or take its time.</summary>
internal sealed class TestPositionStore : IPositionStore
{
    private readonly MemoryPositionStore _store = new();
    private readonly Lock _lock = new();
    private readonly List<long> _numbers = [];

    /// <summary>Called before each write, with how many came before it.</summary>
    public Func<int, Task> Before { get; set; } = _ => Task.CompletedTask;

    /// <summary>The numbers of all writes that were asked for, in their order.</summary>
    public long[] Numbers
    {
        get
        {
            lock (_lock) return [.. _numbers];
        }
    }

    public static PositionKey Key { get; } = new("test", "numbers", 0);

    public StoredPosition? Stored => Read(Key);

    public StoredPosition? Read(PositionKey key) => _store.Read(key);

    public async Task<PositionOutcome> CommitAsync(PositionKey key, long incarnation, SpoutPosition position)
    {
        int before;
        lock (_lock)
        {
            before = _numbers.Count;
            _numbers.Add(position.Number);
        }

        await Before(before);
        return await _store.CommitAsync(key, incarnation, position);
    }
}
