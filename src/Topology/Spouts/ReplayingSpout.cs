namespace Topology;

/// <summary>A reliable spout that keeps each record until it is acked, and emits it again when it fails.</summary>
public abstract class ReplayingSpout<TRecord> : ReliableSpout<long>
{
    /// <summary>A spout with the default policy.</summary>
    protected ReplayingSpout() : base(replays: true)
    {
    }
}
