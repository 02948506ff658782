namespace Topology;

/// <summary>
/// What every spout has. The engine makes all calls on one thread at a time, so a spout needs no locks. User code derives from
/// <see cref="Spout"/>, <see cref="ReliableSpout{TMessageId}"/> or <see cref="ReplayingSpout{TRecord}"/>.
/// </summary>
public abstract class SpoutBase
{
    private protected SpoutBase()
    {
    }

    /// <summary>The fields of the default stream. Read once, at <c>Build</c>.</summary>
    public abstract Fields Output { get; }

    /// <summary>
    /// Whether nothing more will come. Asked before each <c>NextTuple</c>, which is not called while it is true; when every spout says so and nothing is pending or
    /// waiting for a retry, the run finishes by itself. A spout that has to emit again after a failure may go back to false.
    /// </summary>
    public virtual bool IsExhausted => false;

    /// <summary>Declares streams beside the default one. Called once, at <c>Build</c>.</summary>
    public virtual void Declare(StreamDeclarer streams)
    {
    }

    /// <summary>Called once before the first <c>NextTuple</c>, when the topology is active.</summary>
    public virtual void Open(SpoutContext context)
    {
    }

    /// <summary>Called when the topology is activated after it was deactivated.</summary>
    public virtual void Activate()
    {
    }

    /// <summary>Called when the topology is deactivated; no <c>NextTuple</c> follows until <see cref="Activate"/>.</summary>
    public virtual void Deactivate()
    {
    }

    /// <summary>Called once at the end, if <see cref="Open"/> ran.</summary>
    public virtual void Close()
    {
    }
}
