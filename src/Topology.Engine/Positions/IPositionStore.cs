namespace Topology.Engine;

/// <summary>
/// Where the positions of spouts are kept: one per task, with the incarnation that wrote it. Used by several threads at a time, though for one key by one of them.
/// </summary>
/// <remarks>
/// A store refuses what an older incarnation than the newest it has heard of writes to a key, and what would move a position backwards. A worker has one write per key under
/// way at a time, and waits for its end before the next.
/// </remarks>
public interface IPositionStore
{
    /// <summary>
    /// The position of a key, and which incarnation wrote it; null where there is none. Called when a spout asks for its position, as a rule in <c>Open</c>, which waits for it;
    /// an exception ends the run.
    /// </summary>
    StoredPosition? Read(PositionKey key);

    /// <summary>
    /// Writes a position. What the task's end promises is the store's to say: on disk, as a rule. Called on a thread of the pool (in a simulation on the thread of that) and never on a
    /// spout's, so it may take its time; a run that ends waits for 5 s.
    /// </summary>
    /// <param name="key">Whose position it is.</param>
    /// <param name="incarnation">Which incarnation of the task writes: the same all its life, and larger than that of any before it.</param>
    /// <param name="position">The position; its payload does not change any more.</param>
    /// <returns>Whether it was written or refused. An exception says that it could not be written for now; it will be tried again.</returns>
    Task<PositionOutcome> CommitAsync(PositionKey key, long incarnation, SpoutPosition position);
}
