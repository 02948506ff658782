namespace Topology.Messaging;

/// <summary>What goes wrong on a <see cref="MemoryNetwork"/>, each as the chance of a step, 0 to 1.</summary>
internal sealed record MemoryFaults
{
    /// <summary>A network on which nothing goes wrong and nothing takes time; what somebody cuts is lost.</summary>
    public static MemoryFaults None { get; } = new() { Delivery = 1, Connect = 1, Straggle = 0 };

    /// <summary>That a frame arrives which could.</summary>
    public double Delivery { get; init; } = 0.7;

    /// <summary>That a connection which is to be made comes into being.</summary>
    public double Connect { get; init; } = 0.3;

    /// <summary>That a connection breaks.</summary>
    public double Cut { get; init; }

    /// <summary>That what had left on a connection which breaks still arrives in part, whenever, beside what the next one carries.</summary>
    public double Straggle { get; init; } = 0.5;
}
