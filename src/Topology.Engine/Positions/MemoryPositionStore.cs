namespace Topology.Engine;

/// <summary>Keeps positions for as long as the object lives: for runs in one process, and tests. Thread-safe.</summary>
public sealed class MemoryPositionStore : IPositionStore
{
    private readonly Lock _lock = new();
    private readonly Dictionary<PositionKey, StoredPosition> _positions = [];

    /// <inheritdoc/>
    public StoredPosition? Read(PositionKey key)
    {
        lock (_lock) return _positions.TryGetValue(key, out var stored) ? stored : null;
    }

    /// <inheritdoc/>
    public Task<PositionOutcome> CommitAsync(PositionKey key, long incarnation, SpoutPosition position) => Task.FromResult(Commit(key, incarnation, position));

    private PositionOutcome Commit(PositionKey key, long incarnation, SpoutPosition position)
    {
        lock (_lock)
        {
            if (_positions.TryGetValue(key, out var stored))
            {
                if (incarnation < stored.Incarnation) return PositionOutcome.OldIncarnation;
                if (position.Number < stored.Position.Number) return PositionOutcome.Backwards;
            }

            _positions[key] = new StoredPosition(incarnation, position);
            return PositionOutcome.Written;
        }
    }
}
