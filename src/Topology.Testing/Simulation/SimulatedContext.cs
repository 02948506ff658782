using System.Collections.Concurrent;

namespace Topology.Testing;

/// <summary>
/// Keeps what asynchronous work goes on with until the simulation has a turn for it. Work posts here from any thread; the simulation's thread runs it.
/// </summary>
[System.Diagnostics.CodeAnalysis.SuppressMessage("Design", "CA1001", Justification = "A semaphore whose wait handle is never asked for holds nothing to dispose.")]
internal sealed class SimulatedContext : SynchronizationContext
{
    private readonly ConcurrentQueue<(SendOrPostCallback Callback, object? State)> _posted = new();
    private readonly SemaphoreSlim _signal = new(0);

    public bool IsEmpty => _posted.IsEmpty;

    public override void Post(SendOrPostCallback d, object? state)
    {
        _posted.Enqueue((d, state));
        _signal.Release();
    }

    public override void Send(SendOrPostCallback d, object? state) =>
        throw new NotSupportedException("Send to a simulation's context would wait for the thread that runs the simulation; use Post.");

    public override SynchronizationContext CreateCopy() => this;

    /// <summary>Runs what was posted first. False when nothing was.</summary>
    public bool TryRunOne()
    {
        if (!_posted.TryDequeue(out var work)) return false;
        _signal.Wait(0);
        Run(() => work.Callback(work.State));
        return true;
    }

    /// <summary>Waits, in real time, until something is posted. False when nothing was by then.</summary>
    public bool WaitForPost(TimeSpan longest)
    {
        if (!_signal.Wait(longest)) return false;
        _signal.Release();
        return true;
    }

    /// <summary>Runs an action whose asynchronous parts go on here.</summary>
    public void Run(Action action)
    {
        var before = Current;
        SetSynchronizationContext(this);
        try
        {
            action();
        }
        finally
        {
            SetSynchronizationContext(before);
        }
    }
}
