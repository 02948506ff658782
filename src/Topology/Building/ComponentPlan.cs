using System.Collections.Immutable;

namespace Topology;

/// <summary>One component of a <see cref="TopologyPlan"/>.</summary>
public sealed record ComponentPlan
{
    /// <summary>The component's id.</summary>
    public required string Id { get; init; }

    /// <summary>Spout or bolt.</summary>
    public required ComponentKind Kind { get; init; }

    /// <summary>How many executors run its tasks; at most <see cref="Tasks"/>.</summary>
    public required int Executors { get; init; }

    /// <summary>How many tasks it has: fixed for the life of the topology.</summary>
    public required int Tasks { get; init; }

    /// <summary>The id of its first task; the others follow.</summary>
    public required int FirstTask { get; init; }

    /// <summary>Its streams by index; the default stream is the first.</summary>
    public required ImmutableArray<StreamId> Streams { get; init; }

    /// <summary>What it subscribes to.</summary>
    public required ImmutableArray<Subscription> Inputs { get; init; }

    /// <summary>The engine's options for it.</summary>
    public required ComponentOptions Options { get; init; }

    /// <summary>The topology's settings with the component's own laid over them.</summary>
    public required Settings Settings { get; init; }

    /// <summary>Whether it is a spout whose tuples are tracked.</summary>
    public required bool IsReliable { get; init; }

    /// <summary>An instance of a spout whose tuples are tracked, which tells its message ids' type; it never runs.</summary>
    internal ReliableSpout? Example { get; init; }

    /// <summary>Makes a new instance: a <see cref="SpoutBase"/> or an <see cref="IBolt"/>.</summary>
    internal Func<object> Factory { get; init; } = null!;
}
