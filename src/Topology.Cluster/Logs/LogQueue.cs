using System.Collections.Concurrent;

namespace Topology.Cluster;

/// <summary>Entries on their way to the file: bounded by their count and their size. Adding never waits. Thread-safe.</summary>
internal sealed class LogQueue(WorkerLogOptions options) : IDisposable
{
    private readonly BlockingCollection<LogLine> _lines = new(options.QueueEntries);
    private readonly int _mostCharacters = options.QueueCharacters;
    private long _characters;
    private long _dropped;

    /// <summary>Adds an entry, or drops it and counts.</summary>
    public void Add(LogLine line)
    {
        var characters = line.Text.Length;
        var waiting = Interlocked.Add(ref _characters, characters);
        // One that is too large for the queue passes alone.
        if ((waiting <= _mostCharacters || waiting == characters) && TryAdd(line)) return;
        Interlocked.Add(ref _characters, -characters);
        Interlocked.Increment(ref _dropped);
    }

    /// <summary>Adds an entry of no text that only wakes the taker; where there is no room it is awake.</summary>
    public void Wake(LogLine marker) => TryAdd(marker);

    /// <summary>Takes an entry, waiting for one.</summary>
    /// <param name="line">The entry.</param>
    /// <param name="limit">How long to wait.</param>
    /// <returns>False if none came, or none will come any more.</returns>
    public bool TryTake(out LogLine line, TimeSpan limit)
    {
        if (!_lines.TryTake(out line!, limit)) return false;
        Interlocked.Add(ref _characters, -line.Text.Length);
        return true;
    }

    /// <summary>How many were dropped since this was last asked.</summary>
    public long TakeDropped() => Interlocked.Exchange(ref _dropped, 0);

    /// <summary>Whether all was taken and none will come any more.</summary>
    public bool IsCompleted => _lines.IsCompleted;

    /// <summary>Takes no more; what is there can be taken.</summary>
    public void Complete() => _lines.CompleteAdding();

    public void Dispose() => _lines.Dispose();

    private bool TryAdd(LogLine line)
    {
        try
        {
            return _lines.TryAdd(line);
        }
        catch (InvalidOperationException)
        {
            // Completed.
            return false;
        }
    }
}
