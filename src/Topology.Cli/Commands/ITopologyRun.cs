using Topology.Engine;

namespace Topology.Cli;

/// <summary>A running topology, as far as the command line looks at it. Members may be used from any thread.</summary>
internal interface ITopologyRun : IAsyncDisposable
{
    TopologyPlan Plan { get; }

    RunState State { get; }

    TopologyMetrics Metrics { get; }

    /// <summary>Ends with the run; never faults.</summary>
    Task<RunResult> Completion { get; }

    /// <summary>Drains and ends the run.</summary>
    Task<RunResult> StopAsync();
}
