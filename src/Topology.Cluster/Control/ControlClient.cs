using System.Collections.Concurrent;
using Topology.Messaging;

namespace Topology.Cluster;

/// <summary>A worker's end of the control channel: a dealer that connects again whenever the daemon is back. What cannot be sent is dropped; what matters is said again.</summary>
internal sealed class ControlClient : IDisposable
{
    /// <summary>What was said last, why a worker ends mostly, goes out in the background for so long after the close.</summary>
    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(1);

    private readonly string _endpoint;
    private readonly Action<DaemonMessage> _onMessage;
    private readonly ConcurrentQueue<ReadOnlyMemory<byte>> _waiting = new();
    private readonly PollSignal _signal = PollSignal.Create();
    private readonly Lock _signalling = new();
    private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Thread _thread;
    private bool _ends;

    /// <param name="endpoint">Where the daemon listens, or will.</param>
    /// <param name="onMessage">Called on the channel's own thread, one message at a time; must be short.</param>
    /// <exception cref="NetMQException">There is no libzmq, or the address makes no sense.</exception>
    public ControlClient(string endpoint, Action<DaemonMessage> onMessage)
    {
        (_endpoint, _onMessage) = (endpoint, onMessage);
        _thread = new Thread(Run) { Name = "control", IsBackground = true };
        _thread.Start();
        _started.Task.GetAwaiter().GetResult();
    }

    /// <summary>Sends a message if the daemon is connected; else it is dropped, as all are after the end. Legal from any thread, never waits.</summary>
    public void Send(WorkerMessage message)
    {
        var bytes = WorkerMessageCodec.Write(message);
        lock (_signalling)
        {
            if (_ends) return;
            _waiting.Enqueue(bytes);
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
        try
        {
            using var dealer = new DealerSocket();
            ControlDefaults.Apply(dealer.Options);
            dealer.Options.Linger = LastWords;
            dealer.Connect(_endpoint);
            using var poller = new NetMQPoller();
            poller.Add(dealer, PollEvents.In);
            poller.Add(_signal);
            _started.SetResult();
            while (!Volatile.Read(ref _ends)) Turn(dealer, poller);
            SendWaiting(dealer);
        }
        catch (NetMQException error)
        {
            _started.TrySetException(error);
        }
    }

    private void Turn(DealerSocket dealer, NetMQPoller poller)
    {
        poller.Poll(Timeout.InfiniteTimeSpan);
        _signal.Drain();
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

    private void SendWaiting(DealerSocket dealer)
    {
        while (_waiting.TryDequeue(out var message)) dealer.TrySendFrame(message.Span);
    }

    private void Take(ReadOnlySpan<byte> frame)
    {
        try
        {
            _onMessage(DaemonMessageCodec.Read(frame));
        }
        catch (MessagePackSerializationException)
        {
            // A daemon of another version: a worker has nobody to tell, and an order that it does not know is none.
        }
    }
}
