using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Topology.Messaging;

namespace Topology.Cluster;

/// <summary>
/// The daemon's end of the control channel for other hosts: a router over TCP with CURVE, which lets in nobody whose key was not admitted. Who sent a frame is read from the connection, never from the frame. What cannot be sent is dropped.
/// </summary>
internal sealed class RemoteServer : IDisposable
{
    /// <summary>What its socket asks the ZAP handler about.</summary>
    public const string Domain = "control";

    /// <summary>Frames that are read before those that wait are sent.</summary>
    private const int FramesPerTurn = 64;

    private readonly string _endpoint;
    private readonly NetMQCertificate _keys;
    private readonly ZapHandler _zap;
    private readonly RemoteHandler _onFrame;
    private readonly ILogger _log;
    private readonly ConcurrentDictionary<string, RemotePeer> _admitted = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<RemotePeer, byte[]> _identities = new();
    private readonly ConcurrentQueue<(RemotePeer Peer, ReadOnlyMemory<byte> Frame)> _waiting = new();
    private readonly PollSignal _signal = PollSignal.Create();
    private readonly Lock _signalling = new();
    private readonly TaskCompletionSource<string> _bound = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Thread _thread;
    private bool _ends;
    private bool _hasRefused;
    private long _refused;

    /// <summary>Listens when this returns.</summary>
    /// <param name="endpoint">Where: <c>tcp://</c>, an address of this host, and a port, or <c>*</c> for one that is free.</param>
    /// <param name="keys">The daemon's own key pair.</param>
    /// <param name="zap">The handler of the process, which runs.</param>
    /// <param name="onFrame">Called on the channel's own thread, one frame at a time; must be short.</param>
    /// <param name="known">Whom it lets in from the first moment, by their keys.</param>
    /// <param name="log">Where refusals are told, the first only.</param>
    /// <exception cref="NetMQException">There is no libzmq, or the address cannot be had.</exception>
    public RemoteServer(string endpoint, NetMQCertificate keys, ZapHandler zap, RemoteHandler onFrame, IEnumerable<(string Key, RemotePeer Peer)> known, ILogger log)
    {
        (_endpoint, _keys, _zap, _onFrame, _log) = (endpoint, keys, zap, onFrame, log);
        foreach (var (key, peer) in known) Admit(key, peer);
        _thread = new Thread(Run) { Name = "control-tcp", IsBackground = true };
        _thread.Start();
        Endpoint = _bound.Task.GetAwaiter().GetResult();
    }

    /// <summary>Where it listens, with the port that was had.</summary>
    public string Endpoint { get; }

    /// <summary>How many frames were none that their sender may send, and were dropped.</summary>
    public long Refused => Interlocked.Read(ref _refused);

    /// <summary>Lets a key in, from the next handshake on. A key has one holder until that is dismissed: whoever names another's as his own takes nothing from him. Legal from any thread.</summary>
    /// <param name="publicKey">The key, as 64 lower-case hexadecimal digits.</param>
    /// <param name="peer">Whose it is.</param>
    public void Admit(string publicKey, RemotePeer peer)
    {
        if (!_admitted.TryAdd(publicKey, peer)) return;
        _zap.AllowList.Allow(Domain, Convert.FromHexString(publicKey), publicKey);
    }

    /// <summary>Lets the keys of some peers in no more, and takes nothing more from them on connections that stand. Legal from any thread.</summary>
    public void Dismiss(Func<RemotePeer, bool> who)
    {
        foreach (var (key, peer) in _admitted.Where(a => who(a.Value)))
        {
            _zap.AllowList.Revoke(Domain, Convert.FromHexString(key));
            _admitted.TryRemove(key, out _);
            _identities.TryRemove(peer, out _);
        }
    }

    /// <summary>Whether a key of a peer is let in. Legal from any thread.</summary>
    public bool Knows(RemotePeer peer) => _admitted.Values.Contains(peer);

    /// <summary>Whether a key is let in as a peer's. Legal from any thread.</summary>
    public bool Holds(string publicKey, RemotePeer peer) => _admitted.TryGetValue(publicKey, out var known) && known == peer;

    /// <summary>Those whose keys are let in. Legal from any thread.</summary>
    public IEnumerable<RemotePeer> Peers => _admitted.Values;

    /// <summary>Sends a frame to a peer that has been heard; else it is dropped, as all are after the end. Legal from any thread, never waits.</summary>
    public void Send(RemotePeer peer, ReadOnlyMemory<byte> frame)
    {
        lock (_signalling)
        {
            if (_ends) return;
            _waiting.Enqueue((peer, frame));
            _signal.Signal();
        }
    }

    /// <summary>Ends the channel. Not to be called from its own thread.</summary>
    public void Dispose()
    {
        lock (_signalling)
        {
            if (_ends) return;
            Volatile.Write(ref _ends, true);
            _signal.Signal();
        }

        _thread.Join();
        _signal.Dispose();
        _zap.AllowList.RevokeAll(Domain);
    }

    private void Run()
    {
        try
        {
            using var router = new RouterSocket();
            ControlDefaults.Apply(router.Options);
            router.Options.SetCurveServer(_keys, _zap, Domain);
            router.Bind(_endpoint);
            using var poller = new NetMQPoller();
            poller.Add(router, PollEvents.In);
            poller.Add(_signal);
            _bound.SetResult(router.Options.LastEndpoint);
            while (!Volatile.Read(ref _ends)) Turn(router, poller);
        }
        catch (NetMQException error)
        {
            if (!_bound.TrySetException(error)) _log.LogError(error, "The control channel for other hosts has ended");
        }
    }

    private void Turn(RouterSocket router, NetMQPoller poller)
    {
        poller.Poll(Timeout.InfiniteTimeSpan);
        _signal.Drain();
        bool hasMore;
        do
        {
            hasMore = Receive(router);
            while (_waiting.TryDequeue(out var next))
                if (_identities.TryGetValue(next.Peer, out var identity)) router.TrySend(identity, next.Frame.Span);
        }
        while (hasMore && !Volatile.Read(ref _ends));
    }

    private bool Receive(RouterSocket router)
    {
        Msg identity = default, frame = default;
        try
        {
            for (var i = 0; i < FramesPerTurn; i++)
            {
                if (!router.TryReceive(ref identity, ref frame)) return router.HasIn;
                Take(identity.Data, frame.UserId, frame.Data);
            }

            return true;
        }
        finally
        {
            identity.Close();
            frame.Close();
        }
    }

    private void Take(ReadOnlySpan<byte> identity, ReadOnlySpan<byte> userId, ReadOnlySpan<byte> frame)
    {
        // The name that goes with a key is the key.
        if (!_admitted.TryGetValue(System.Text.Encoding.ASCII.GetString(userId), out var peer))
        {
            Refuse(frame, "its sender is let in no more.");
            return;
        }

        if (!_identities.TryGetValue(peer, out var known) || !identity.SequenceEqual(known)) _identities[peer] = identity.ToArray();
        try
        {
            _onFrame(peer, frame);
        }
        catch (MessagePackSerializationException error)
        {
            Refuse(frame, error.Message);
        }
    }

    private void Refuse(ReadOnlySpan<byte> frame, string problem)
    {
        Interlocked.Increment(ref _refused);
        if (_hasRefused) return;
        _hasRefused = true;
        _log.LogWarning("A control message of {Bytes} bytes from another host was dropped: {Problem} Further ones are only counted", frame.Length, problem);
    }
}
