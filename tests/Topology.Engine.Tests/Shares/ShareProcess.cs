using System.Collections.Immutable;
using Microsoft.Extensions.Logging.Abstractions;
using Topology.Messaging;

namespace Topology.Engine.Tests;

/// <summary>What a worker's process would have: a share with threads of its own, linked by ipc.</summary>
internal sealed class ShareProcess : IDisposable
{
    private readonly LinkResources _resources = new(new FrameBufferPool(kept: 512), new FrameBufferPool(4096, kept: 4096), TimeProvider.System, NullLogger.Instance);

    public ShareProcess(TopologyPlan plan, WorkerShare share, IpcDirectory folder, ulong incarnation, IPositionStore positions)
    {
        Identity = new WorkerIdentity(0x7070_0000_0000_0003, (uint)share.Self, incarnation);
        Run = new ShareRun(plan, new WorkerOptions { Share = share, Positions = positions, Incarnation = (long)incarnation }, Lost.Enqueue);
        Links = LinkThread.Start(Identity, new IpcEndpoints(folder, Identity), null, Run.Links, new LinkOptions(), _resources);
    }

    public WorkerIdentity Identity { get; }

    public ShareRun Run { get; }

    public LinkThread Links { get; }

    public System.Collections.Concurrent.ConcurrentQueue<LinkLost> Lost { get; } = new();

    public void Connect(ulong generation, IEnumerable<ShareProcess> all)
    {
        ImmutableArray<LinkPeer> peers =
            [.. all.Where(other => other != this).Select(other => new LinkPeer(other.Identity.Worker, other.Identity.Incarnation, other.Links.DataEndpoint, other.Links.ControlEndpoint))];
        Run.Connect(Links.Assign(new PeerSet(generation, peers)), _resources);
    }

    /// <summary>As though it was killed: its links are gone, and nothing of it goes on.</summary>
    public void Kill()
    {
        Links.Dispose();
        Dispose();
    }

    public void Dispose()
    {
        Run.StopAsync(TimeSpan.Zero).Wait(TimeSpan.FromSeconds(60));
        Links.Dispose();
    }
}
