namespace Topology.Engine;

/// <summary>
/// The position of one spout task: remembers the newest that was committed, and has it written by the store, one write at a time. All on the executor's thread, but
/// for what says otherwise.
/// </summary>
internal sealed class TaskPosition(SpoutExecutor executor, TaskPlan plan, TaskCounters counters) : DurablePosition
{
    private readonly PositionKey _key = new(executor.Worker.Plan.Name, plan.Component.Id, plan.Index);

    // The newest, and how much of the buffer its payload takes.
    private long _number;
    private byte[] _payload = [];
    private int _length;
    private bool _hasNewest;

    private long _incarnation;
    private bool _isRefused;
    private bool _isWriting;
    private long _writes;
    private bool _isWritten = true;

    /// <summary>Whether the user's code has asked for the position, and so keeps one.</summary>
    public bool IsKept { get; private set; }

    /// <summary>Whether the newest position is stored, or will never be. Read by other threads as well.</summary>
    public bool IsWritten => Volatile.Read(ref _isWritten);

    /// <summary>How many positions were written. Read by other threads as well.</summary>
    public long Writes => Volatile.Read(ref _writes);

    public override bool TryGet(out SpoutPosition position)
    {
        if (!IsKept) Read();
        position = _hasNewest ? new SpoutPosition(_number, _payload.AsSpan(0, _length).ToArray()) : default;
        return _hasNewest;
    }

    public override void Commit(SpoutPosition position)
    {
        if (!IsKept) Read();
        if (position.Payload.Length > SpoutPosition.MaxPayloadBytes)
            throw new ArgumentException($"The payload of a position has {position.Payload.Length:N0} bytes; at most {SpoutPosition.MaxPayloadBytes:N0} fit.", nameof(position));
        if (_hasNewest && position.Number < _number)
            throw new ArgumentException($"Position {position.Number} is before {_number}, which was committed already; a position never moves backwards.", nameof(position));
        if (_hasNewest && position.Number == _number) return;
        Remember(position);
        Volatile.Write(ref _isWritten, _isRefused);
    }

    /// <summary>Has the newest position written, unless it is, or a write is under way. Never waits.</summary>
    public void Write()
    {
        if (_isWritten || _isWriting) return;
        _isWriting = true;
        var position = new SpoutPosition(_number, _payload.AsSpan(0, _length).ToArray());
        StartWrite(position).ContinueWith(
            write => Post(() => Ended(position.Number, write)),
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
    }

    /// <summary>Reports a position that is still to be written when nobody waits any longer.</summary>
    public void ReportUnwritten()
    {
        if (!_isWritten) Report(new TimeoutException($"Position {_number} was not written before the end of the run; a start from the stored one reads more again."));
    }

    public void Report(Exception error) => executor.Worker.Errors.Report(plan, counters, "Position", null, error);

    private void Read()
    {
        var stored = executor.Worker.Options.Positions.Read(_key);
        _incarnation = executor.Worker.Options.Incarnation ?? (stored?.Incarnation ?? 0) + 1;
        if (stored is { } found) Remember(found.Position);
        IsKept = true;
    }

    private void Remember(SpoutPosition position)
    {
        if (_payload.Length < position.Payload.Length) _payload = new byte[position.Payload.Length];
        position.Payload.Span.CopyTo(_payload);
        (_number, _length, _hasNewest) = (position.Number, position.Payload.Length, true);
    }

    /// <summary>A store may take its time before it returns, except in a simulation, where one thread does all.</summary>
    private Task<PositionOutcome> StartWrite(SpoutPosition position)
    {
        if (!executor.Worker.Options.IsSimulated) return Task.Run(() => Store(position));
        try
        {
            return Store(position);
        }
        catch (Exception exception)
        {
            return Task.FromException<PositionOutcome>(exception);
        }
    }

    private Task<PositionOutcome> Store(SpoutPosition position) => executor.Worker.Options.Positions.CommitAsync(_key, _incarnation, position);

    private void Post(Action action)
    {
        executor.Mailbox.PostControl(action);
        executor.Wake();
    }

    private void Ended(long number, Task<PositionOutcome> write)
    {
        _isWriting = false;
        if (!write.IsCompletedSuccessfully) Report(write.Exception?.GetBaseException() ?? new TaskCanceledException(write));
        else if (write.Result == PositionOutcome.OldIncarnation) Refuse();
        else Settle(number, write.Result);
        executor.PositionEnded(this, write.IsCompletedSuccessfully);
    }

    /// <summary>The cluster has put another in this task's place: it decides what becomes of this one, whose positions count for nothing.</summary>
    private void Refuse()
    {
        _isRefused = true;
        Volatile.Write(ref _isWritten, true);
        Report(new InvalidOperationException($"Incarnation {_incarnation} of the task was replaced by a newer one; its positions are refused from now on."));
    }

    private void Settle(long number, PositionOutcome outcome)
    {
        if (outcome == PositionOutcome.Backwards)
            Report(new InvalidOperationException($"Position {number} is before the one that is stored, which stays: somebody else has moved it on."));
        else
            Volatile.Write(ref _writes, _writes + 1);
        // A newer one may have come meanwhile; it is for the next write.
        if (number == _number) Volatile.Write(ref _isWritten, true);
    }
}
