namespace Topology.Cluster.Tests.Conformance;

/// <summary>Keeps the tuples that reach the tasks of a <see cref="RecordingBolt"/>, in the order of their arrival. Thread-safe.</summary>
internal sealed class Recorder
{
    private readonly Lock _lock = new();
    private readonly List<Record> _records = [];

    public Record[] All
    {
        get
        {
            lock (_lock) return [.. _records];
        }
    }

    /// <summary>The tuples' values as text, the fields of one joined by blanks.</summary>
    public string[] Texts => [.. All.Select(r => string.Join(' ', r.Values))];

    /// <summary>How many tuples each task received, by ascending task id; tasks that received none are left out.</summary>
    public int[] CountsByTask => [.. All.GroupBy(r => r.Task).OrderBy(g => g.Key).Select(g => g.Count())];

    public void Add(Record record)
    {
        lock (_lock) _records.Add(record);
    }
}
