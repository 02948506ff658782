namespace Topology.Cluster.Tests;

/// <summary>The test's end of a <see cref="FeederSpout"/>: feeds it tuples, and sees what becomes of their trees.</summary>
internal sealed class Feeder(params string[] fields)
{
    private readonly Lock _lock = new();
    private readonly Queue<(long Id, Value[] Values)> _waiting = new();
    private readonly List<long> _acked = [];
    private readonly List<(long Id, FailReason Reason)> _failed = [];
    private readonly List<SpoutContext> _contexts = [];
    private long _lastId;
    private int _newAcks;
    private bool _isClosed;

    public string[] Fields { get; } = fields.Length > 0 ? fields : ["value"];

    /// <summary>The message ids of completed trees, in the order of their acks.</summary>
    public long[] Acked
    {
        get
        {
            lock (_lock) return [.. _acked];
        }
    }

    /// <summary>The failed trees, in the order in which they failed.</summary>
    public (long Id, FailReason Reason)[] Failed
    {
        get
        {
            lock (_lock) return [.. _failed];
        }
    }

    public long[] FailedIds => [.. Failed.Select(f => f.Id)];

    public bool IsExhausted
    {
        get
        {
            lock (_lock) return _isClosed && _waiting.Count == 0;
        }
    }

    /// <summary>Has the spout emit a tuple. Returns its message id: 1 for the first.</summary>
    public long Feed(params Value[] values)
    {
        SpoutContext[] contexts;
        long id;
        lock (_lock)
        {
            id = ++_lastId;
            _waiting.Enqueue((id, values.Length > 0 ? values : [id]));
            contexts = [.. _contexts];
        }

        foreach (var context in contexts) context.Wake();
        return id;
    }

    /// <summary>No more will come.</summary>
    public void Close()
    {
        SpoutContext[] contexts;
        lock (_lock)
        {
            _isClosed = true;
            contexts = [.. _contexts];
        }

        foreach (var context in contexts) context.Wake();
    }

    /// <summary>How many trees completed since this was last asked.</summary>
    public int TakeAcks()
    {
        lock (_lock)
        {
            var acks = _newAcks;
            _newAcks = 0;
            return acks;
        }
    }

    public void Open(SpoutContext context)
    {
        lock (_lock) _contexts.Add(context);
    }

    public bool TryTake(out long id, out Value[] values)
    {
        lock (_lock)
        {
            var taken = _waiting.TryDequeue(out var next);
            (id, values) = next;
            return taken;
        }
    }

    public void Ack(long id)
    {
        lock (_lock)
        {
            _acked.Add(id);
            _newAcks++;
        }
    }

    public void Fail(long id, FailReason reason)
    {
        lock (_lock) _failed.Add((id, reason));
    }
}
