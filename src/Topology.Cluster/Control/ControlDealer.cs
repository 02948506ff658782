using System.Collections.Concurrent;
using Topology.Messaging;

namespace Topology.Cluster;

/// <summary>An end of the control channel that connects, and again whenever the daemon is back: a dealer on a thread of its own. What cannot be sent is dropped.</summary>
internal sealed class ControlDealer : IDisposable
{
    /// <summary>What was said last, why a worker ends mostly, goes out in the background for so long after the close.</summary>
    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(1);

    /// <summary>libzmq mostly does not try again where a handshake has failed (libzmq #3519). A daemon that was just started may not have heard of this end yet.</summary>
    private static readonly TimeSpan RetryAfter = TimeSpan.FromMilliseconds(500);

    private readonly string _endpoint;
    private readonly ControlKeys? _keys;
    private readonly FrameHandler _onFrame;
    private readonly Action _onConnected;
    private readonly ConcurrentQueue<ReadOnlyMemory<byte>> _waiting = new();
    private readonly PollSignal _signal = PollSignal.Create();
    private readonly Lock _signalling = new();
    private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Thread _thread;
    private bool _ends;
    private int _reach;
    private bool _hasFailed;

    /// <param name="endpoint">Where the daemon listens, or will.</param>
    /// <param name="keys">Null for sockets of a private folder.</param>
    /// <param name="onFrame">Called on the channel's own thread, one frame at a time; must be short.</param>
    /// <param name="onConnected">Called on the same thread when an encrypted connection stands; null for nobody.</param>
    /// <exception cref="NetMQException">There is no libzmq, or the address makes no sense.</exception>
    public ControlDealer(string endpoint, ControlKeys? keys, FrameHandler onFrame, Action? onConnected = null)
    {
        (_endpoint, _keys, _onFrame, _onConnected) = (endpoint, keys, onFrame, onConnected ?? (() => { }));
        _thread = new Thread(Run) { Name = "control", IsBackground = true };
        _thread.Start();
        _started.Task.GetAwaiter().GetResult();
    }

    /// <summary>How far it has come. Legal from any thread; of an end without keys it says nothing.</summary>
    public ControlReach Reach => (ControlReach)Volatile.Read(ref _reach);

    /// <summary>Sends a frame if the daemon is connected; else it is dropped, as all are after the end. Legal from any thread, never waits.</summary>
    public void Send(ReadOnlyMemory<byte> frame)
    {
        lock (_signalling)
        {
            if (_ends) return;
            _waiting.Enqueue(frame);
            _signal.Signal();
        }
    }

    /// <summary>Sends what was handed over before, and ends the channel. Not to be called from its own thread.</summary>
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
    }

    private void Run()
    {
        while (!Volatile.Read(ref _ends))
        {
            try
            {
                RunSocket();
            }
            catch (NetMQException error)
            {
                // Whoever makes it hears of it. Later there may be no socket to be had, for a while: it is tried again.
                if (_started.TrySetException(error)) return;
                Volatile.Write(ref _reach, (int)ControlReach.Nobody);
                WaitToRetry();
            }
        }
    }

    /// <summary>Runs one socket to the end, or until it has to be replaced.</summary>
    private void RunSocket()
    {
        using var dealer = new DealerSocket();
        using var monitor = _keys is null ? null : new NetMQMonitor(dealer);
        ControlDefaults.Apply(dealer.Options);
        dealer.Options.Linger = LastWords;
        if (_keys is not null) dealer.Options.SetCurveClient(_keys.Own, _keys.Daemon.Span);
        dealer.Connect(_endpoint);
        using var poller = new NetMQPoller();
        poller.Add(dealer, PollEvents.In);
        poller.Add(_signal);
        if (monitor is not null) poller.Add(monitor.Socket, PollEvents.In);
        _started.TrySetResult();
        _hasFailed = false;
        while (!Volatile.Read(ref _ends) && !_hasFailed) Turn(dealer, monitor, poller);
        if (_hasFailed) WaitToRetry();
        else SendWaiting(dealer);
    }

    private void Turn(DealerSocket dealer, NetMQMonitor? monitor, NetMQPoller poller)
    {
        poller.Poll(Timeout.InfiniteTimeSpan);
        _signal.Drain();
        while (monitor is not null && monitor.TryRead(out var news)) Note(news.Kind);
        SendWaiting(dealer);
        Msg frame = default;
        try
        {
            while (dealer.TryReceiveFrame(ref frame)) Take(frame.Data);
        }
        finally
        {
            frame.Close();
        }
    }

    private void Note(SocketEvents news)
    {
        var reach = news switch
        {
            SocketEvents.HandshakeFailedAuth => ControlReach.Refused,
            SocketEvents.Connected => ControlReach.Somebody,
            SocketEvents.HandshakeSucceeded => ControlReach.Daemon,
            SocketEvents.Disconnected when Reach == ControlReach.Daemon => ControlReach.Nobody,
            _ => Reach,
        };
        Volatile.Write(ref _reach, (int)reach);
        if ((news & SocketEvents.HandshakeFailed) != 0) _hasFailed = true;
        if (news == SocketEvents.HandshakeSucceeded) _onConnected();
    }

    /// <summary>Nothing is sent meanwhile: what comes is dropped.</summary>
    private void WaitToRetry()
    {
        using var poller = new NetMQPoller();
        poller.Add(_signal);
        var since = TimeProvider.System.GetTimestamp();
        while (!Volatile.Read(ref _ends) && RetryAfter - TimeProvider.System.GetElapsedTime(since) is { Ticks: > 0 } rest)
        {
            // A poll of less than a millisecond would not wait.
            poller.Poll(rest + TimeSpan.FromMilliseconds(1));
            _signal.Drain();
            _waiting.Clear();
        }
    }

    private void SendWaiting(DealerSocket dealer)
    {
        while (_waiting.TryDequeue(out var frame)) dealer.TrySendFrame(frame.Span);
    }

    private void Take(ReadOnlySpan<byte> frame)
    {
        try
        {
            _onFrame(frame);
        }
        catch (MessagePackSerializationException)
        {
            // A daemon of another version: there is nobody to tell, and an order that is not known is none.
        }
    }
}
