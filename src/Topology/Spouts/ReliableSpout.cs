namespace Topology;

/// <summary>A spout whose tuples are tracked; derive from <see cref="ReliableSpout{TMessageId}"/>.</summary>
public abstract class ReliableSpout : SpoutBase
{
    private protected ReliableSpout(bool replays) => Replays = replays;

    /// <summary>Whether failed records are emitted again by the spout's base class.</summary>
    internal bool Replays { get; }

    /// <summary>How many records wait for their next attempt; they count as pending.</summary>
    internal virtual int WaitingForRetry => 0;

    /// <summary>When the next waiting record is due, by the engine's clock in nanoseconds; <see cref="long.MaxValue"/> for never.</summary>
    internal virtual long NextRetryNanoseconds => long.MaxValue;

    /// <summary>How many records were given up although nobody subscribes to the dead-letter stream.</summary>
    internal virtual long LettersWithoutConsumer => 0;

    /// <summary>How many records were given up and sent to the dead-letter stream.</summary>
    internal virtual long DeadLetters => 0;

    /// <summary>Commits where the spout would have to go on, where it is for the base class to know. Called on the spout's thread, between two calls of user code.</summary>
    internal virtual void CommitPosition()
    {
    }

    /// <summary>Gives the message id's type to the engine without reflection.</summary>
    internal abstract T Accept<T>(IReliableSpoutVisitor<T> visitor);
}
