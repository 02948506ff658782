using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging;
using Topology.Messaging;

namespace Topology.Cluster;

/// <summary>The links of a worker's process: they listen from its start to its end.</summary>
internal sealed class WorkerLinkSet : IDisposable
{
    /// <summary>Buffers of rows that are kept: as many as may wait for acknowledgements from a peer, and some.</summary>
    private const int KeptDataBuffers = 1_000;

    private const int KeptControlBuffers = 4_096;
    private const int ControlBufferBytes = 4_096;

    private readonly ZapHandler? _zap;
    private readonly NetMQCertificate? _keys;
    private readonly ILogger _log;
    private bool _listens = true;

    /// <exception cref="NetMQException">There is no libzmq, or no address can be had.</exception>
    public WorkerLinkSet(WorkerArguments arguments, ILogger log)
    {
        _log = log;
        var me = new WorkerIdentity(NumberOf(arguments.Worker.Topology), (uint)arguments.Worker.Worker, (ulong)arguments.Worker.Incarnation);
        Resources = new LinkResources(new FrameBufferPool(kept: KeptDataBuffers), new FrameBufferPool(ControlBufferBytes, KeptControlBuffers), TimeProvider.System, log);
        var near = arguments.Links == LinkTransport.Tcp ? null : new IpcEndpoints(IpcDirectory.Open(arguments.SocketFolder), me);
        LinkEndpoints endpoints = near!;
        LinkSecurity? security = null;
        if (arguments.Links == LinkTransport.Ipc)
        {
            near = null;
        }
        else
        {
            _zap = ZapHandler.Start();
            _keys = new NetMQCertificate();
            security = new LinkSecurity(_keys, _zap, me);
            endpoints = new TcpEndpoints(arguments.Address, new Random(RandomNumberGenerator.GetInt32(int.MaxValue)));
        }

        Thread = LinkThread.Start(me, endpoints, security, Relay, new LinkOptions(), Resources, near);
        Endpoint = new WorkerEndpoint(Thread.DataEndpoint, Thread.ControlEndpoint, _keys is null ? null : Convert.ToHexStringLower(_keys.PublicKey)) { Near = Thread.Near };
    }

    public LinkRelay Relay { get; } = new();

    public LinkResources Resources { get; }

    public LinkThread Thread { get; }

    /// <summary>Where the others reach this worker.</summary>
    public WorkerEndpoint Endpoint { get; }

    /// <summary>A topology's number in frames, by its id.</summary>
    public static ulong NumberOf(string topology)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(topology), hash);
        return BinaryPrimitives.ReadUInt64LittleEndian(hash);
    }

    /// <summary>Listens again where the sockets were taken away with their folder, as the end of a login does: those that are connected go on without, and who connects anew looks for them. To be called now and then.</summary>
    public void KeepListening()
    {
        var listened = _listens;
        var (data, control) = Thread.Near ?? (Thread.DataEndpoint, Thread.ControlEndpoint);
        _listens = SocketFolder.Holds(data) && SocketFolder.Holds(control);
        if (_listens) return;
        if (listened) _log.LogWarning("The sockets of this worker were taken away, and are made again");
        Thread.BindAgain();
    }

    public void Dispose()
    {
        Thread.Dispose();
        _keys?.Dispose();
        _zap?.Dispose();
    }
}
