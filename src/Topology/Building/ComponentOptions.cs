namespace Topology;

/// <summary>The engine's options for one component; set by its declarer.</summary>
public sealed record ComponentOptions
{
    /// <summary>How often each of a bolt's tasks gets a tick tuple; zero for never.</summary>
    public TimeSpan TickInterval { get; init; }

    /// <summary>What follows when the component's code throws.</summary>
    public ErrorPolicy OnError { get; init; } = ErrorPolicy.FailTuple;

    /// <summary>A spout's own limit on pending trees per task; null for the topology's.</summary>
    public int? MaxSpoutPending { get; init; }
}
