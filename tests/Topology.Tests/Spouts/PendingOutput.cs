namespace Topology.Tests;

/// <summary>
/// A spout's output that keeps the engine's promises: it counts what is pending and what waits, refuses a tuple beyond max-spout-pending, and remembers
/// what was emitted.
/// </summary>
internal sealed class PendingOutput(ReliableSpout<long> spout, int maxPending = 16_384) : SpoutOutput<long>
{
    private readonly HashSet<long> _pending = [];

    public List<Emitted> Tuples { get; } = [];

    public Emitted Last => Tuples[^1];

    public IReadOnlyCollection<long> Pending => _pending;

    /// <summary>Set to have the output full, as when a target takes nothing.</summary>
    public bool IsFull { get; set; }

    /// <summary>Set to have each tuple acked from within its emit, as without ackers.</summary>
    public bool AcksAtEmit { get; set; }

    public override int Remaining => IsFull ? 0 : Math.Max(0, maxPending - _pending.Count - spout.WaitingForRetry);

    public int CountOf(string line) => Tuples.Count(t => t.Stream == 0 && t.Values[0].AsString() == line);

    public void Ack(long id)
    {
        Assert.That(_pending.Remove(id), "an answer for a message that is not pending");
        spout.Ack(id);
    }

    public void Fail(long id, FailKind kind = FailKind.Explicit)
    {
        Assert.That(_pending.Remove(id), "an answer for a message that is not pending");
        spout.Fail(id, new FailReason(kind, "split", 7, "no such key"));
    }

    /// <summary>Fails the last tuple and lets the spout emit again once the next retry is due.</summary>
    public void FailAndEmitAgain(ManualSpoutContext context, FailKind kind = FailKind.Explicit)
    {
        Fail(Last.Id, kind);
        if (spout.NextRetryNanoseconds != long.MaxValue) context.Now = spout.NextRetryNanoseconds;
        spout.NextTuple(this);
    }

    internal override void EmitTo(int stream, int task, long messageId, ReadOnlySpan<Value> values)
    {
        if (_pending.Count >= maxPending) throw new EmitException("max-spout-pending trees are pending.");
        if (stream == ManualSpoutContext.LetterStream.Index && values.Length != ManualSpoutContext.LetterStream.Fields.Count) throw new EmitException("wrong arity");
        if (AcksAtEmit)
        {
            Tuples.Add(new(stream, task, messageId, values.ToArray()));
            spout.Ack(messageId);
            return;
        }

        Assert.That(_pending.Add(messageId), "a message id is pending twice");
        Tuples.Add(new(stream, task, messageId, values.ToArray()));
    }

    internal override void EmitUntrackedTo(int stream, int task, ReadOnlySpan<Value> values) => throw new NotSupportedException();

    /// <summary>One tuple that left.</summary>
    internal sealed record Emitted(int Stream, int Task, long Id, Value[] Values);
}
