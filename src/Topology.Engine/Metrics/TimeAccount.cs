namespace Topology.Engine;

/// <summary>Where an executor's time went, in nanoseconds. Written by one thread at a time, read by any.</summary>
internal sealed class TimeAccount
{
    private long _busy;
    private long _idle;
    private long _backpressured;
    private long _accountedTo;
    private bool _waitsForRoom;

    public long Busy => Volatile.Read(ref _busy);

    public long Idle => Volatile.Read(ref _idle);

    public long Backpressured => Volatile.Read(ref _backpressured);

    /// <summary>Accounts work between turns.</summary>
    public void AddBusy(long nanoseconds)
    {
        Volatile.Write(ref _busy, _busy + nanoseconds);
        // So much less will be taken for idle.
        _accountedTo += nanoseconds;
    }

    /// <summary>Accounts a turn, and the time since the one before by how that one ended.</summary>
    public void Add(long start, long end, TurnResult result)
    {
        var since = start - _accountedTo;
        if (since > 0 && _accountedTo > 0)
        {
            if (_waitsForRoom) Volatile.Write(ref _backpressured, _backpressured + since);
            else Volatile.Write(ref _idle, _idle + since);
        }

        if ((result & TurnResult.Progress) != 0) Volatile.Write(ref _busy, _busy + (end - start));
        _waitsForRoom = (result & TurnResult.Backpressured) != 0;
        _accountedTo = end;
    }
}
