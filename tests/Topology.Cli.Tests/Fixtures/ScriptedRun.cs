using Microsoft.Extensions.Logging;
using Topology.Engine;

namespace Topology.Cli.Tests;

/// <summary>A run that does what a test says.</summary>
internal sealed class ScriptedRun(TopologyPlan plan, ILoggerFactory loggers) : ITopologyRun
{
    private readonly TaskCompletionSource<RunResult> _completion = new();

    public TopologyPlan Plan => plan;

    public ILoggerFactory Loggers => loggers;

    public RunState State { get; set; } = RunState.Active;

    public TopologyMetrics Metrics { get; set; } = Sample.Metrics(plan, TimeSpan.Zero);

    public Task<RunResult> Completion => _completion.Task;

    /// <summary>Called when the run is asked to drain; null for a run that never drains.</summary>
    public Action? OnStop { get; set; }

    public int Stops { get; private set; }

    public bool IsDisposed { get; private set; }

    public void End(RunResult result) => _completion.TrySetResult(result);

    public void End(RunState state) => End(Sample.Result(plan, state));

    public Task<RunResult> StopAsync()
    {
        Stops++;
        OnStop?.Invoke();
        return Completion;
    }

    public ValueTask DisposeAsync()
    {
        IsDisposed = true;
        return ValueTask.CompletedTask;
    }
}
