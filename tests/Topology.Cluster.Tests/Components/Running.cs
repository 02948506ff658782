using System.Diagnostics;
using System.Text;
using Topology.Engine;

namespace Topology.Cluster.Tests;

/// <summary>Runs topologies that are written in place, and waits for what has to come.</summary>
internal static class Running
{
    /// <summary>So long that only something that never comes takes it.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Runs a topology to its end.</summary>
    public static async Task<RunResult> RunAsync(Action<TopologyBuilder> build, LocalClusterOptions? options = null)
    {
        await using var cluster = new TestCluster(options);
        return await cluster.Submit(build).EndAsync();
    }

    /// <summary>Waits for the end of a run.</summary>
    public static async Task<RunResult> EndAsync(this LocalRun run)
    {
        await run.UntilAsync(() => run.Completion.IsCompleted, "the run to end");
        return await run.Completion;
    }

    /// <summary>Waits until something holds, and says how the run stands if it never does.</summary>
    public static async Task UntilAsync(this LocalRun run, Func<bool> condition, string what)
    {
        var start = Stopwatch.GetTimestamp();
        while (!condition())
        {
            if (Stopwatch.GetElapsedTime(start) > Patience) Assert.Fail($"Waited in vain for {what}.{Environment.NewLine}{Describe(run)}");
            await Task.Delay(1);
        }
    }

    /// <summary>Has a component wait on its own thread; it throws rather than hang.</summary>
    public static void Await(this ManualResetEventSlim gate)
    {
        if (!gate.Wait(Patience)) throw new TimeoutException("The gate was never opened.");
    }

    /// <summary>Has a component wait on its own thread until something holds; it throws rather than hang.</summary>
    public static void Await(Func<bool> condition, string what)
    {
        if (!SpinWait.SpinUntil(condition, Patience)) throw new TimeoutException($"Waited in vain for {what}.");
    }

    private static string Describe(LocalRun run)
    {
        var text = new StringBuilder().AppendLine($"State {run.State}");
        foreach (var c in run.Metrics.Components)
            text.AppendLine($"{c.Id}: emitted {c.Emitted}, sent {c.Transferred}, executed {c.Executed}, acked {c.Acked}, failed {c.Failed}, pending {c.Pending}, queued {c.QueueDepth}");
        foreach (var error in run.Errors) text.AppendLine(error.ToString());
        return text.ToString();
    }
}
