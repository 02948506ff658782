using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Topology.Messaging;

namespace Topology.Cluster;

/// <summary>
/// The daemon's end of the control channel: one router to which every worker of this host connects. A worker that connects again, or after a restart of the daemon, is known from its next message on. What cannot be sent is dropped: orders are
/// given again while they have no effect.
/// </summary>
internal sealed class ControlServer : IDisposable
{
    /// <summary>Messages that are read before those that wait are sent.</summary>
    private const int MessagesPerTurn = 64;

    private readonly string _endpoint;
    private readonly Action<WorkerMessage> _onMessage;
    private readonly ILogger _log;
    private readonly ConcurrentQueue<(WorkerKey Worker, ReadOnlyMemory<byte> Message)> _waiting = new();
    private readonly ConcurrentDictionary<WorkerKey, byte[]> _identities = new();
    private readonly PollSignal _signal = PollSignal.Create();
    private readonly Lock _signalling = new();
    private readonly TaskCompletionSource _bound = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Thread _thread;
    private bool _bindsAgain;
    private bool _ends;
    private bool _hasRefused;
    private bool _hasToldOfBinding;

    /// <summary>Listens when this returns.</summary>
    /// <param name="endpoint">Where, in a private folder.</param>
    /// <param name="onMessage">Called on the channel's own thread, one message at a time; must be short.</param>
    /// <param name="log">Where refusals are told, the first only.</param>
    /// <exception cref="NetMQException">There is no libzmq, or the address cannot be had.</exception>
    public ControlServer(string endpoint, Action<WorkerMessage> onMessage, ILogger log)
    {
        (_endpoint, _onMessage, _log) = (endpoint, onMessage, log);
        _thread = new Thread(Run) { Name = "control", IsBackground = true };
        _thread.Start();
        _bound.Task.GetAwaiter().GetResult();
    }

    /// <summary>How many messages were none, and were dropped.</summary>
    public long Refused { get; private set; }

    /// <summary>Sends a message to a worker that has been heard; else it is dropped, as all are after the end. Legal from any thread, never waits.</summary>
    public void Send(WorkerKey worker, DaemonMessage message)
    {
        var bytes = DaemonMessageCodec.Write(message);
        lock (_signalling)
        {
            if (_ends) return;
            _waiting.Enqueue((worker, bytes));
            _signal.Signal();
        }
    }

    /// <summary>Listens again where the socket was taken away with its folder, which is there again. Workers that are connected stay so. Legal from any thread.</summary>
    public void BindAgain()
    {
        lock (_signalling)
        {
            if (_ends) return;
            Volatile.Write(ref _bindsAgain, true);
            _signal.Signal();
        }
    }

    /// <summary>Forgets workers that nobody knows any more. Legal from any thread.</summary>
    public void ForgetAllBut(Func<WorkerKey, bool> isKnown)
    {
        foreach (var worker in _identities.Keys.Where(worker => !isKnown(worker))) Forget(worker);
    }

    /// <summary>A worker is dead. Legal from any thread.</summary>
    public void Forget(WorkerKey worker) => _identities.TryRemove(worker, out _);

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
    }

    private void Run()
    {
        try
        {
            using var router = new RouterSocket();
            ControlDefaults.Apply(router.Options);
            router.Bind(_endpoint);
            using var poller = new NetMQPoller();
            poller.Add(router, PollEvents.In);
            poller.Add(_signal);
            _bound.SetResult();
            while (!Volatile.Read(ref _ends))
            {
                if (Interlocked.Exchange(ref _bindsAgain, false)) BindAgain(router);
                Turn(router, poller);
            }
        }
        catch (NetMQException error)
        {
            if (!_bound.TrySetException(error)) _log.LogError(error, "The control channel has ended");
        }
    }

    private void BindAgain(RouterSocket router)
    {
        try
        {
            // The first is not unbound: that ends in the background, and takes the path of the second along.
            router.Bind(_endpoint);
            _log.LogWarning("The socket of the control channel was taken away, and is there again: {Endpoint}", _endpoint);
            _hasToldOfBinding = false;
        }
        catch (NetMQException error)
        {
            if (!_hasToldOfBinding) _log.LogWarning("The socket of the control channel was taken away, and cannot be had again: {Problem} It is tried each second", error.Message);
            _hasToldOfBinding = true;
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
                if (_identities.TryGetValue(next.Worker, out var identity)) router.TrySend(identity, next.Message.Span);
        }
        while (hasMore && !Volatile.Read(ref _ends));
    }

    private bool Receive(RouterSocket router)
    {
        Msg identity = default, frame = default;
        try
        {
            for (var i = 0; i < MessagesPerTurn; i++)
            {
                if (!router.TryReceive(ref identity, ref frame)) return router.HasIn;
                Take(identity.Data, frame.Data);
            }

            return true;
        }
        finally
        {
            identity.Close();
            frame.Close();
        }
    }

    private void Take(ReadOnlySpan<byte> identity, ReadOnlySpan<byte> frame)
    {
        try
        {
            var message = WorkerMessageCodec.Read(frame);
            if (!_identities.TryGetValue(message.Worker, out var known) || !identity.SequenceEqual(known)) _identities[message.Worker] = identity.ToArray();
            _onMessage(message);
        }
        catch (MessagePackSerializationException error)
        {
            Refused++;
            if (_hasRefused) return;
            _hasRefused = true;
            _log.LogWarning("A control message of {Bytes} bytes was dropped: {Problem} Further ones are only counted", frame.Length, error.Message);
        }
    }
}
