namespace Topology.Messaging;

/// <summary>What came in on one link. Written by one thread at a time, read by any.</summary>
internal sealed class WireCounters
{
    private static readonly int Reasons = Enum.GetValues<WireError>().Length;

    private readonly long[] _rejected = new long[Reasons];
    private long _frames;
    private long _bytes;
    private long _rows;
    private long _unknownSections;

    /// <summary>Frames that were found right.</summary>
    public long Frames => Volatile.Read(ref _frames);

    /// <summary>The bytes of those frames.</summary>
    public long Bytes => Volatile.Read(ref _bytes);

    /// <summary>The rows in those frames.</summary>
    public long Rows => Volatile.Read(ref _rows);

    /// <summary>Sections that were skipped, since nobody here knows their type.</summary>
    public long UnknownSections => Volatile.Read(ref _unknownSections);

    /// <summary>Frames that were refused whole. Only the first is worth a line in the log: the rest would let a peer fill the disk.</summary>
    public long Rejected
    {
        get
        {
            long sum = 0;
            for (var reason = 0; reason < Reasons; reason++) sum += Volatile.Read(ref _rejected[reason]);
            return sum;
        }
    }

    /// <summary>Frames that were refused whole for one reason.</summary>
    public long RejectedFor(WireError reason) => Volatile.Read(ref _rejected[(int)reason]);

    /// <summary>Counts a frame that was found right.</summary>
    public void Accept(int bytes, int rows, int unknownSections)
    {
        Volatile.Write(ref _frames, _frames + 1);
        Volatile.Write(ref _bytes, _bytes + bytes);
        Volatile.Write(ref _rows, _rows + rows);
        Volatile.Write(ref _unknownSections, _unknownSections + unknownSections);
    }

    /// <summary>Counts a frame that was refused.</summary>
    public void Reject(WireError reason) => Volatile.Write(ref _rejected[(int)reason], _rejected[(int)reason] + 1);
}
