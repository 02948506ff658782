using Topology.Messaging;

namespace Topology.Engine;

/// <summary>An executor of another worker that sends rows here: puts them into the lanes of this worker's loops, and tells how many were worked off.</summary>
/// <remarks>Used by the link's thread alone.</remarks>
internal sealed class RemoteSender
{
    /// <summary>Credit for so many rows is told at once: a sender that waits for it has a window of twice that at least, where the topology asks for no smaller one.</summary>
    private const int ManyRows = 2_048;

    private readonly Worker _worker;
    private readonly int _index;
    private readonly Lane[] _lanes;
    private readonly Queue<TupleBatch>[] _waiting;

    // By receiving executor: rows that came, and those that it was told of as worked off.
    private readonly long[] _received;
    private readonly long[] _told;

    // The same when the generation began: what came before is not told of.
    private readonly long[] _before;
    private readonly List<int> _receivers = [];

    public RemoteSender(Worker worker, int index)
    {
        _worker = worker;
        _index = index;
        _lanes = [.. worker.Loops.Select(loop => loop.LaneFrom(index))];
        _waiting = [.. worker.Loops.Select(_ => new Queue<TupleBatch>())];
        _received = new long[worker.ExecutorCapacity];
        _told = new long[worker.ExecutorCapacity];
        _before = new long[worker.ExecutorCapacity];
    }

    /// <summary>The number of the batch that comes next on its channel.</summary>
    public ulong NextSequence { get; private set; }

    /// <summary>Whether rows of it are here that are not worked off, or not told of.</summary>
    public bool IsActive { get; private set; }

    /// <summary>A generation begins, in which the sender counts anew. What is here of the one before is worked off first.</summary>
    public void Restart()
    {
        NextSequence = 0;
        foreach (var executor in _receivers)
        {
            _before[executor] = _received[executor];
            _told[executor] = 0;
        }
    }

    /// <summary>Rows, whose runs have the numbers of executors for places.</summary>
    /// <param name="batch">A published batch.</param>
    /// <param name="mayPass">Whether they may go on to their loops now; else they wait for <see cref="Pump"/>.</param>
    public void Put(TupleBatch batch, bool mayPass)
    {
        IsActive = true;
        NextSequence++;
        for (var run = 0; run < batch.RunCount; run++)
        {
            var executor = batch.PlaceOf(run);
            if (_received[executor] == 0) _receivers.Add(executor);
            _received[executor] += batch.EndOf(run) - batch.FirstOf(run);
        }

        var loop = LoopOf(batch, 0);
        for (var run = 1; run < batch.RunCount; run++)
        {
            if (LoopOf(batch, run) == loop) continue;
            Deal(batch, mayPass);
            return;
        }

        for (var run = 0; run < batch.RunCount; run++) batch.Redirect(run, _worker.Executors[batch.PlaceOf(run)].Place);
        Put(loop, batch, mayPass);
    }

    /// <summary>Moves on what waits and adds the credit that is new. False when all is worked off and told of.</summary>
    /// <param name="credits">Where to add it.</param>
    /// <param name="isDue">Whether credit for few rows is told as well; it is worth a frame only now and then.</param>
    public bool Pump(List<Credit> credits, bool isDue)
    {
        var hasMore = false;
        for (var loop = 0; loop < _waiting.Length; loop++) hasMore |= !TryFlush(loop);
        foreach (var executor in _receivers)
        {
            var receiver = _worker.Executors[executor];
            var done = _lanes[receiver.Home.Index].DoneBy(receiver.Place);
            hasMore |= done < _received[executor];
            var told = done - _before[executor];
            if (told <= _told[executor]) continue;
            if (!isDue && told - _told[executor] < ManyRows)
            {
                hasMore = true;
                continue;
            }

            _told[executor] = told;
            credits.Add(CreditOf(executor));
        }

        return IsActive = hasMore;
    }

    /// <summary>Adds all credit that was told of.</summary>
    public void Repeat(List<Credit> credits)
    {
        foreach (var executor in _receivers)
            if (_told[executor] > 0) credits.Add(CreditOf(executor));
    }

    private Credit CreditOf(int executor) => new(new Channel((uint)_index, (uint)executor), (ulong)_told[executor], 0);

    private int LoopOf(TupleBatch batch, int run) => _worker.Executors[batch.PlaceOf(run)].Home.Index;

    /// <summary>Copies rows for several loops into a batch for each.</summary>
    private void Deal(TupleBatch batch, bool mayPass)
    {
        var parts = new TupleBatch?[_lanes.Length];
        for (var run = 0; run < batch.RunCount; run++)
        {
            var receiver = _worker.Executors[batch.PlaceOf(run)];
            var loop = receiver.Home.Index;
            for (var row = batch.FirstOf(run); row < batch.EndOf(run); row++)
            {
                var part = parts[loop] ??= _lanes[loop].Pool.Rent();
                part.EnsureRoom(batch.Rows[row].Arity);
                part.Copy(batch, row, receiver.Place);
            }
        }

        batch.Release(batch.RunCount);
        for (var loop = 0; loop < parts.Length; loop++)
        {
            if (parts[loop] is not { } part) continue;
            part.Publish();
            Put(loop, part, mayPass);
        }
    }

    private void Put(int loop, TupleBatch batch, bool mayPass)
    {
        _waiting[loop].Enqueue(batch);
        if (mayPass) TryFlush(loop);
    }

    private bool TryFlush(int loop)
    {
        var waiting = _waiting[loop];
        if (waiting.Count == 0) return true;
        var hasPut = false;
        while (waiting.TryPeek(out var batch) && _lanes[loop].TryPut(batch))
        {
            waiting.Dequeue();
            hasPut = true;
        }

        if (hasPut) _worker.Loops[loop].LaneReady(_index);
        return waiting.Count == 0;
    }
}
