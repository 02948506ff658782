using System.Collections.Immutable;
using Topology.Engine;

namespace Topology.Testing;

/// <summary>What a topology did from its start to its end; from <see cref="CompleteTopology"/>.</summary>
public sealed class CompletedTopology
{
    private readonly TopologyPlan _plan;
    private readonly ILookup<string, EmittedTuple> _emitted;

    internal CompletedTopology(TopologyPlan plan, IReadOnlyList<EmittedTuple> emitted, RunResult result, ImmutableArray<FedTuple> failed)
    {
        _plan = plan;
        _emitted = emitted.ToLookup(t => t.Component);
        Result = result;
        Failed = failed;
    }

    /// <summary>How the run ended: its counters and errors.</summary>
    public RunResult Result { get; }

    /// <summary>The tuples of mocked sources whose trees failed or timed out, with their reasons.</summary>
    public ImmutableArray<FedTuple> Failed { get; }

    /// <summary>What a component emitted on its default stream.</summary>
    /// <exception cref="ArgumentException">There is no such component.</exception>
    public EmittedTuples<EmittedTuple> this[string component] => this[component, StreamId.Default];

    /// <summary>What a component emitted on one of its streams.</summary>
    /// <exception cref="ArgumentException">There is no such component, or it has no such stream.</exception>
    public EmittedTuples<EmittedTuple> this[string component, string stream]
    {
        get
        {
            var streams = _plan[component].Streams.Select(s => s.Name).ToArray();
            return streams.Contains(stream)
                ? new EmittedTuples<EmittedTuple>([.. _emitted[component].Where(t => t.Stream == stream)])
                : throw new ArgumentException($"'{component}' has no stream '{stream}': {Spelling.Hint(stream, streams, "its streams are")}", nameof(stream));
        }
    }
}
