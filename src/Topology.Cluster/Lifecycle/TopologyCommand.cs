using System.Collections.Immutable;

namespace Topology.Cluster;

/// <summary>What a person asks of the master. A topology is named by its id, or by its name while it lives.</summary>
public abstract record TopologyCommand
{
    private TopologyCommand()
    {
    }

    /// <summary>Runs a topology.</summary>
    /// <param name="Spec">What to run.</param>
    /// <param name="Active">False to have it rest without workers until it is activated.</param>
    public sealed record Submit(TopologySpec Spec, bool Active = true) : TopologyCommand;

    /// <summary>Has the spouts asked for tuples.</summary>
    public sealed record Activate(string Topology) : TopologyCommand;

    /// <summary>Has the spouts rest; bolts work off what is there.</summary>
    public sealed record Deactivate(string Topology) : TopologyCommand;

    /// <summary>Deals executors to another number of workers, or tasks to another number of executors, and workers evenly to hosts, after what is in flight was worked off.</summary>
    /// <param name="Topology">The topology.</param>
    /// <param name="Workers">How many workers there are to be; null for as many as before.</param>
    /// <param name="Wait">How long to wait for what is in flight; null for the message timeout.</param>
    /// <param name="Executors">How many executors components are to have, by id, 1 to their tasks; null or left out for as many as before.</param>
    public sealed record Rebalance(string Topology, int? Workers = null, TimeSpan? Wait = null, ImmutableSortedDictionary<string, int>? Executors = null) : TopologyCommand;

    /// <summary>Ends the spouts, works off what is there, finishes the bolts and ends the workers. The topology stays, to be resumed.</summary>
    /// <param name="Topology">The topology.</param>
    /// <param name="Wait">How long that may take; null for the drain timeout.</param>
    public sealed record Drain(string Topology, TimeSpan? Wait = null) : TopologyCommand;

    /// <summary>Starts a drained topology again if it was active.</summary>
    public sealed record Resume(string Topology) : TopologyCommand;

    /// <summary>Ends a topology for good.</summary>
    /// <param name="Topology">The topology.</param>
    /// <param name="Wait">How long what is in flight may take to be worked off; null or zero for no wait. Of several kills the earliest counts.</param>
    public sealed record Kill(string Topology, TimeSpan? Wait = null) : TopologyCommand;

    /// <summary>Drains every topology that runs: <c>down</c>.</summary>
    /// <param name="Wait">How long that may take; null for each one's drain timeout.</param>
    public sealed record DrainAll(TimeSpan? Wait = null) : TopologyCommand;

    /// <summary>Resumes every drained topology that was active: <c>up</c>.</summary>
    public sealed record ResumeAll : TopologyCommand;
}
