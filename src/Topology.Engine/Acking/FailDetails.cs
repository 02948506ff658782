namespace Topology.Engine;

/// <summary>What bolts said about their newest failures, by number, so that an acker's message need not carry text. Thread-safe; the oldest give way.</summary>
internal sealed class FailDetails
{
    private const int Kept = 1024;

    private readonly Entry?[] _entries = new Entry?[Kept];
    private uint _last;

    /// <summary>Keeps a text and returns its number; 0 for none.</summary>
    public uint Add(string? text)
    {
        if (text is null) return 0;
        var number = Interlocked.Increment(ref _last);
        if (number == 0) number = Interlocked.Increment(ref _last);
        Volatile.Write(ref _entries[number % Kept], new Entry(number, text));
        return number;
    }

    /// <summary>The text of a number; null when it has given way to newer ones.</summary>
    public string? Find(uint number)
    {
        var entry = number == 0 ? null : Volatile.Read(ref _entries[number % Kept]);
        return entry?.Number == number ? entry.Text : null;
    }

    private sealed record Entry(uint Number, string Text);
}
