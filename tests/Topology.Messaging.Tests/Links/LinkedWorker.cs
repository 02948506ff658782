using Microsoft.Extensions.Logging.Abstractions;

namespace Topology.Messaging.Tests;

/// <summary>A worker with a link thread and real sockets.</summary>
internal sealed class LinkedWorker : IDisposable
{
    public const ulong Topology = 0x7070_0000_0000_0001;

    private LinkedWorker(WorkerIdentity me, LinkEndpoints endpoints, NetMQCertificate? keys, LinkSecurity? security, LinkOptions options, TimeProvider? time, ILinkHandler? handler)
    {
        (Me, Keys) = (me, keys);
        Thread = LinkThread.Start(me, endpoints, security, handler ?? Handler, options, new(Buffers, Buffers, time ?? TimeProvider.System, NullLogger.Instance));
    }

    public WorkerIdentity Me { get; }

    public NetMQCertificate? Keys { get; }

    public RecordingHandler Handler { get; } = new();

    public FrameBufferPool Buffers { get; } = new(size: 1024, kept: 8192);

    public LinkThread Thread { get; }

    public OutboxTable Outboxes { get; private set; } = null!;

    public static LinkedWorker Ipc(IpcDirectory root, uint number, ulong incarnation, LinkOptions options, TimeProvider? time = null, ILinkHandler? handler = null)
    {
        var me = new WorkerIdentity(Topology, number, incarnation);
        return new(me, new IpcEndpoints(root, me), null, null, options, time, handler);
    }

    public static LinkedWorker Tcp(ZapHandler zap, uint number, ulong incarnation, LinkOptions options, TimeProvider? time = null, ILinkHandler? handler = null)
    {
        var me = new WorkerIdentity(Topology, number, incarnation);
        var keys = new NetMQCertificate();
        return new(me, new TcpEndpoints("127.0.0.1", new Random((int)incarnation)), keys, new LinkSecurity(keys, zap, me), options, time, handler);
    }

    public LinkPeer AsPeer() => new(Me.Worker, Me.Incarnation, Thread.DataEndpoint, Thread.ControlEndpoint, Keys is null ? null : new CurvePublicKey(Keys.PublicKey));

    public void Assign(ulong generation, params LinkPeer[] peers) => Outboxes = Thread.Assign(new(generation, peers));

    public bool TrySend(uint to, LinkConnection connection, uint number)
    {
        var outbox = Outboxes.To(to, connection);
        var frame = NumberedFrame.Write(Buffers, outbox.Header, number, 160);
        var isTaken = outbox.TrySend(frame);
        if (!isTaken) Buffers.Return(frame);
        return isTaken;
    }

    /// <summary>Hands a frame over, however long it has to wait for room.</summary>
    public void Send(uint to, LinkConnection connection, uint number)
    {
        while (!TrySend(to, connection, number)) System.Threading.Thread.Yield();
    }

    public LinkCounters CountersTo(LinkedWorker peer) => Thread.Counters.Single(counters => counters.Incarnation == peer.Me.Incarnation);

    public void Dispose()
    {
        Thread.Dispose();
        Keys?.Dispose();
    }
}
