namespace Topology.Bench;

/// <summary>Counts over any number of tasks, each in a cell of its own.</summary>
internal sealed class TupleCounter
{
    private readonly Lock _lock = new();

    // Replaced whole, so that a reading needs no lock.
    private TupleCell[] _cells = [];

    /// <summary>The sum over all cells.</summary>
    public long Count => Volatile.Read(ref _cells).Sum(cell => cell.Count);

    /// <summary>A cell for one more task.</summary>
    public TupleCell NewCell()
    {
        var cell = new TupleCell();
        lock (_lock) _cells = [.. _cells, cell];
        return cell;
    }
}
