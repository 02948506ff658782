using System.Collections.Immutable;
using System.Diagnostics;
using Topology.Messaging;

namespace Topology.Engine.Tests;

/// <summary>Workers that share one topology, each with threads of its own, linked in memory; a further thread moves the frames.</summary>
internal sealed class WorkerGroup : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Thread _mover;
    private volatile bool _ends;
    private Exception? _error;

    /// <param name="build">The topology; built once for each worker, as each worker's own process would.</param>
    /// <param name="workers">How many workers.</param>
    /// <param name="workerOf">The worker of each executor, by number: components in the order of the plan, then ackers.</param>
    public WorkerGroup(Action<TopologyBuilder> build, int workers, Func<int, int> workerOf)
    {
        var plan = Simulation.PlanOf(build);
        ImmutableArray<int> share = [.. Enumerable.Range(0, plan.Components.Sum(c => c.Executors) + plan.Options.Ackers).Select(workerOf)];
        Workers = [.. Enumerable.Range(0, workers).Select(self =>
            new Worker(self == 0 ? plan : Simulation.PlanOf(build), new WorkerOptions { Seed = (ulong)self + 1, Share = new WorkerShare(self, workers, share) }))];
        Links = new MemoryLink?[workers, workers];
        Inputs = new PeerInput?[workers, workers];
        ForEachPair((from, to) =>
        {
            Links[from, to] = new MemoryLink(Workers[from], new FrameHeader(1, 1, (ulong)from + 1, 0));
            Workers[from].Peers[to]!.Connect(1, Links[from, to]!);
        });
        ForEachPair((from, to) =>
        {
            Inputs[from, to] = new PeerInput(Workers[to], Workers[to].Peers[from]!);
            Inputs[from, to]!.Begin(1);
        });
        _mover = new Thread(Move) { IsBackground = true };
    }

    public Worker[] Workers { get; }

    /// <summary>By sending and receiving worker.</summary>
    public MemoryLink?[,] Links { get; }

    /// <summary>By sending and receiving worker.</summary>
    public PeerInput?[,] Inputs { get; }

    public WorkerGroup Start()
    {
        foreach (var worker in Workers)
        {
            worker.Coordinator.SetActive(true);
            worker.Start();
        }

        _mover.Start();
        return this;
    }

    public void Until(Func<bool> condition, string what)
    {
        var since = Stopwatch.GetTimestamp();
        while (!condition())
        {
            if (_error is not null) throw new InvalidOperationException("The links failed.", _error);
            Assert.That(Stopwatch.GetElapsedTime(since), Is.LessThan(Patience), $"Waited in vain for {what}.");
            Thread.Yield();
        }
    }

    public void Dispose()
    {
        foreach (var worker in Workers) worker.Coordinator.RequestStop(TimeSpan.Zero);
        foreach (var worker in Workers) worker.Coordinator.Completion.Wait(Patience);
        _ends = true;
        _mover.Join();
    }

    private void Move()
    {
        try
        {
            while (!_ends)
            {
                var any = false;
                ForEachPair((from, to) =>
                {
                    any |= Links[from, to]!.Deliver(Inputs[from, to]!);
                    any |= Inputs[from, to]!.Pump(isDue: true);
                    Assert.That(Inputs[from, to]!.HasGap, Is.False);
                });
                if (!any) Thread.Yield();
            }
        }
        catch (Exception exception)
        {
            _error = exception;
        }
    }

    private void ForEachPair(Action<int, int> action)
    {
        for (var from = 0; from < Workers.Length; from++)
            for (var to = 0; to < Workers.Length; to++)
                if (from != to) action(from, to);
    }
}
