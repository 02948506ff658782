namespace Topology;

/// <summary>
/// A task's durable position: the one thing that a spout may keep beyond the death of its worker. The cluster stores it, by topology, component and the task's place
/// among the component's tasks. To be used on the spout's own thread.
/// </summary>
/// <remarks>
/// <para>
/// A commit says: of what lies before this place nothing is needed any more, every record of it was acked or given up. It only notes the position; the engine writes the
/// newest one at intervals (<see cref="TopologyOptions.PositionInterval"/>, 1 s), on another thread, and once more when the spouts have ended, which a run waits for
/// before it counts as completed. So a position that is found again is at most an interval old, plus what its last write took; what came after it is read again: each record
/// is delivered at least once.
/// </para>
/// <para>
/// What was written has whatever durability the cluster's store promises. A daemon's is on disk, and survives the end of the daemon and of the machine; that of a
/// run in one process lives in memory and no longer than the run, unless the run was given a store.
/// </para>
/// <para>
/// A position never moves backwards, and one of a worker that has been replaced is refused, even if that worker does not know yet. A position that cannot be written
/// is an error of the component, and is tried again with the next one. It loses nothing: more is read again if the spout has to start over.
/// </para>
/// <para>Asking with <see cref="TryGet"/> is what makes a spout one that keeps its position: see <see cref="ReplayingSpout{TRecord}.PositionOf"/>.</para>
/// </remarks>
public abstract class DurablePosition
{
    private protected DurablePosition()
    {
    }

    /// <summary>
    /// The newest position of this task: the one committed by an instance before this one in this worker or, where there is none, the stored one. The first call reads the store
    /// and may wait for it, so ask in <c>Open</c>; what it throws is the store's.
    /// </summary>
    /// <param name="position">The position, where there is one.</param>
    /// <returns>False where none was ever committed: the spout starts at the beginning.</returns>
    public abstract bool TryGet(out SpoutPosition position);

    /// <summary>
    /// Commits a position, at the next interval or the end; never waits, after a <see cref="TryGet"/>. Only the newest is written. One with the number of the newest changes nothing.
    /// </summary>
    /// <param name="position">The place from which a fresh instance would have to go on. Its payload is copied.</param>
    /// <exception cref="ArgumentException">
    /// The number is below that of the newest position, or the payload is longer than <see cref="SpoutPosition.MaxPayloadBytes"/>. Nothing was changed.
    /// </exception>
    public abstract void Commit(SpoutPosition position);
}
