namespace Topology.Cluster;

/// <summary>
/// What the rows of a table come to. SQLite's own check finds pages that do not fit together; it does not find a page that the disk has lost a write of, which is a good page of an earlier time, nor a flipped bit in a key,
/// under which nobody finds the row any more. These do, and cost a few bytes of each commit.
/// </summary>
/// <param name="Count">How many rows there are.</param>
/// <param name="Keys">The exclusive or of the sums of their keys as they are read: one that is missing, or says another key, changes it.</param>
/// <param name="Sums">The exclusive or of the sums that are kept with them: one that is not as it was written last changes it.</param>
internal readonly record struct TableTotal(long Count, long Keys, long Sums)
{
    public TableTotal Plus(long key, long sum) => new(Count + 1, Keys ^ key, Sums ^ sum);

    public TableTotal Minus(long key, long sum) => new(Count - 1, Keys ^ key, Sums ^ sum);
}
