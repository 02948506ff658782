namespace Topology;

/// <summary>What a spout's task knows; see <see cref="ComponentContext"/>.</summary>
public abstract class SpoutContext : ComponentContext
{
    private protected SpoutContext()
    {
    }

    /// <summary>The limit on this task's pending trees.</summary>
    public abstract int MaxSpoutPending { get; }

    /// <summary>The position that this task keeps beyond the death of its worker. To be used on the spout's own thread.</summary>
    public abstract DurablePosition Position { get; }

    /// <summary>Ends the back-off of an idle spout: its <c>NextTuple</c> is called soon. Legal from any thread.</summary>
    public abstract void Wake();

    /// <summary>Whether anybody subscribes to one of this component's streams.</summary>
    public abstract bool HasConsumer(string stream);

    /// <summary>The engine's clock in nanoseconds; read once per turn, so within a turn it stands still.</summary>
    internal abstract long NowNanoseconds { get; }

    /// <summary>A number in [0, 1) from the engine's seeded chance.</summary>
    internal abstract double NextChance();
}
