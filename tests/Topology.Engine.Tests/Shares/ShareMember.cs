using Microsoft.Extensions.Logging.Abstractions;
using Topology.Messaging;

namespace Topology.Engine.Tests;

/// <summary>One worker of a <see cref="ShareGroup"/>: what its process would have.</summary>
internal sealed class ShareMember
{
    private readonly ForwardingHandler _handler = new();

    public ShareMember(ShareGroup group, int number, ulong incarnation)
    {
        Identity = new WorkerIdentity(7, (uint)number, incarnation);
        Wire = group.Network.Listen(Identity);
        var buffers = new FrameBufferPool(4096, kept: 256);
        Resources = new LinkResources(buffers, buffers, group.Time, NullLogger.Instance);
        Links = new WorkerLinks(Identity, Wire, _handler, group.LinkOptions, Resources);
        Run = Renew(group);
    }

    public WorkerIdentity Identity { get; }

    public MemoryWire Wire { get; }

    public WorkerLinks Links { get; }

    public LinkResources Resources { get; }

    public ShareRun Run { get; private set; }

    public Worker Worker => Run.Worker;

    public List<LinkLost> Lost { get; } = [];

    /// <summary>Whether its loops take no turns.</summary>
    public bool LoopsStandStill { get; set; }

    /// <summary>A new run of the same share takes the place of the one that there is.</summary>
    public ShareRun Renew(ShareGroup group)
    {
        Run = new ShareRun(Simulation.PlanOf(group.Build), group.OptionsOf((int)Identity.Worker, Identity.Incarnation), Lost.Add);
        _handler.Target = Run.Links;
        return Run;
    }

    /// <summary>The links and the coordinator have a turn, and mostly the loops: before the coordinator or after it.</summary>
    public void Step(Random order)
    {
        Links.Turn();
        if (order.Next(2) == 0) Worker.Coordinator.Step();
        foreach (var loop in Worker.Loops)
            if (!LoopsStandStill && order.Next(4) > 0) Simulation.RunOnce(loop, order);
        Worker.Coordinator.Step();
    }
}
