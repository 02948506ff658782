namespace Topology.Messaging;

/// <summary>What connects a worker of a <see cref="MemoryNetwork"/> to an endpoint, again and again.</summary>
/// <param name="from">Who connects.</param>
/// <param name="endpoint">Where to.</param>
/// <param name="connection">Of which kind.</param>
internal sealed class MemoryLine(MemoryWire from, string endpoint, LinkConnection connection)
{
    /// <summary>Frames that may be on their way: as with sockets, what finds no room is refused.</summary>
    public const int Capacity = 64;

    /// <summary>Who connects.</summary>
    public MemoryWire From { get; } = from;

    /// <summary>Where to.</summary>
    public string Endpoint { get; } = endpoint;

    /// <summary>Of which kind.</summary>
    public LinkConnection Connection { get; } = connection;

    /// <summary>The connection that stands; null when none does.</summary>
    public MemoryPipe? Pipe { get; set; }

    /// <summary>How often one came into being.</summary>
    public int Connects { get; set; }

    /// <summary>False when there is no connection, or no room on it.</summary>
    public bool TrySend(ReadOnlySpan<byte> frame)
    {
        if (Pipe is null || Pipe.Count >= Capacity) return false;
        Pipe.Send(frame);
        return true;
    }
}
