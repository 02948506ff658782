namespace Topology.Engine.Tests;

/// <summary>A copy of a tuple that a bolt's task holds.</summary>
internal sealed class ModelHold(ModelTuple tuple, HeldTuple held, string component, int task, long now)
{
    public ModelTuple Tuple { get; } = tuple;

    public HeldTuple Held { get; } = held;

    public string Component { get; } = component;

    public int Task { get; } = task;

    /// <summary>Since when, in nanoseconds; a reset begins anew.</summary>
    public long Since { get; set; } = now;

    /// <summary>Whether the bolt means never to answer for it.</summary>
    public bool IsStuck { get; init; }

    public bool IsAnswered { get; set; }
}
