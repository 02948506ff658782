namespace Topology.Bench;

/// <summary>Counts over any number of tasks, each in a cell of its own, in one process or in several.</summary>
/// <param name="cells">Where the cells are; in front of them is how many are in use.</param>
internal sealed class TupleCounter(LongBlock cells)
{
    /// <summary>The most cells. Every instance of a component takes one, those that are made for checks too.</summary>
    public const int MostCells = 256;

    /// <summary>How many numbers a counter takes.</summary>
    public const int Length = (MostCells + 1) * TupleCell.Length;

    /// <summary>A counter in memory of this process.</summary>
    public TupleCounter() : this(new LongBlock(Length))
    {
    }

    /// <summary>The sum over all cells.</summary>
    public long Count
    {
        get
        {
            var used = Volatile.Read(ref cells[0]);
            var sum = 0L;
            for (var i = 1; i <= used; i++) sum += Volatile.Read(ref cells[i * TupleCell.Length]);
            return sum;
        }
    }

    /// <summary>A cell for one more task.</summary>
    public TupleCell NewCell()
    {
        var number = (int)Interlocked.Increment(ref cells[0]);
        return new TupleCell(cells.Slice(number * TupleCell.Length, TupleCell.Length));
    }
}
