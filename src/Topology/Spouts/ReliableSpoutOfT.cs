namespace Topology;

/// <summary>
/// A spout whose tuples are tracked: for each message id that it emits, exactly one <see cref="Ack"/> or <see cref="Fail"/> follows.
/// Ids are typed, so they are not boxed.
/// </summary>
/// <typeparam name="TMessageId">What the spout knows a message by: an offset, a delivery tag, a slot.</typeparam>
public abstract class ReliableSpout<TMessageId> : ReliableSpout
{
    private protected ReliableSpout(bool replays) : base(replays)
    {
    }

    /// <summary>A spout that decides itself what to do about a failure.</summary>
    protected ReliableSpout() : base(false)
    {
    }

    /// <summary>
    /// Emits what is there, up to <see cref="SpoutOutput{TMessageId}.Remaining"/> tuples, and returns; it does not wait. After a call that emits
    /// nothing the engine backs off, up to 10 ms, unless <see cref="SpoutContext.Wake"/> is called.
    /// </summary>
    public abstract void NextTuple(SpoutOutput<TMessageId> output);

    /// <summary>The tree of this message is complete: every tuple in it was acked. Without ackers it comes from within the emit.</summary>
    public virtual void Ack(TMessageId messageId)
    {
    }

    /// <summary>The tree of this message failed or timed out. Emit it again, now or later, if it matters.</summary>
    public virtual void Fail(TMessageId messageId, FailReason reason)
    {
    }

    internal override T Accept<T>(IReliableSpoutVisitor<T> visitor) => visitor.Visit(this);
}
