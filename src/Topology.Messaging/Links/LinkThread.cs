using Microsoft.Extensions.Logging;

namespace Topology.Messaging;

/// <summary>
/// The one thread of a worker that owns its sockets. It turns the links and waits in zmq_poll when there is nothing to do; it runs no user code.
/// All members are legal from any thread but those that the handler is called on.
/// </summary>
internal sealed class LinkThread : IDisposable
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(1);

    private readonly TimeProvider _time;
    private readonly Thread _thread;
    private readonly TaskCompletionSource<(ZmqWire Wire, WorkerLinks Links)> _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ZmqWire _wire;
    private readonly WorkerLinks _links;
    private long _leavesAt;
    private TimeSpan _leaveLimit = Timeout.InfiniteTimeSpan;
    private bool _isLeaving;
    private bool _bindsAgain;
    private bool _ends;
    private bool _isSettled;
    private bool _hasToldOfBinding;

    private LinkThread(LinkThreadParts parts, TimeProvider time)
    {
        _time = time;
        _thread = new(() => Run(parts)) { Name = "links", IsBackground = true };
        _thread.Start();
        (_wire, _links) = _started.Task.GetAwaiter().GetResult();
    }

    /// <summary>What peers connect to for rows.</summary>
    public string DataEndpoint => _wire.DataEndpoint;

    /// <summary>What peers connect to for everything else.</summary>
    public string ControlEndpoint => _wire.ControlEndpoint;

    /// <summary>What peers of this host connect to for the one and the other; null where that is the same.</summary>
    public (string Data, string Control)? Near => _wire.Near;

    /// <summary>What went over each link of the newest set.</summary>
    public IReadOnlyList<LinkCounters> Counters => _links.Counters;

    /// <summary>What was refused and can be put to no peer.</summary>
    public RefusalCounters Refused => _links.Refused;

    /// <summary>Connections that were turned away before a frame was read.</summary>
    public long RefusedHandshakes => _wire.RefusedHandshakes;

    /// <summary>What ended the thread, if an error did. Every link was reported lost then.</summary>
    public Exception? Error { get; private set; }

    /// <summary>Starts the thread, which listens when this returns.</summary>
    /// <param name="me">Which worker it is.</param>
    /// <param name="endpoints">Where it listens.</param>
    /// <param name="security">Its keys; null only for ipc endpoints.</param>
    /// <param name="handler">Who uses the links; called on the thread.</param>
    /// <param name="options">The limits.</param>
    /// <param name="resources">Pools, clock and log.</param>
    /// <param name="near">Where peers of this host connect to without keys; null where all connect to the same.</param>
    /// <exception cref="NetMQException">There is no libzmq, or the addresses cannot be had.</exception>
    public static LinkThread Start(WorkerIdentity me, LinkEndpoints endpoints, LinkSecurity? security, ILinkHandler handler, LinkOptions options, LinkResources resources, IpcEndpoints? near = null)
    {
        if (security is null && endpoints is not IpcEndpoints) throw new ArgumentException("Links without keys are for ipc:// alone.", nameof(security));
        return new(new(me, endpoints, security, handler, options, resources) { Near = near }, resources.Time);
    }

    /// <inheritdoc cref="WorkerLinks.Assign"/>
    public OutboxTable Assign(PeerSet set) => _links.Assign(set);

    /// <summary>Has it listen again where its sockets were taken away with their folder: nobody new finds them any more. Connections that are there stay. What cannot be had is told once, and tried with the next call.</summary>
    public void BindAgain()
    {
        Volatile.Write(ref _bindsAgain, true);
        _wire.Wake();
    }

    /// <summary>
    /// Leaves in good order: sends all that was handed over before, says goodbye, waits until every peer has acknowledged it, and ends the thread. Harmless a second time.
    /// </summary>
    /// <param name="limit">How long to wait at most.</param>
    /// <returns>Whether every peer acknowledged, or had left or was lost before.</returns>
    public bool Close(TimeSpan limit)
    {
        RequireOtherThread();
        if (!Volatile.Read(ref _isLeaving))
        {
            (_leavesAt, _leaveLimit) = (_time.GetTimestamp(), limit);
            Volatile.Write(ref _isLeaving, true);
            _links.Leave();
        }

        _thread.Join();
        return _isSettled;
    }

    /// <summary>Ends the thread at once. What was not acknowledged may be lost; peers find this worker silent.</summary>
    public void Dispose()
    {
        RequireOtherThread();
        Volatile.Write(ref _ends, true);
        _wire.Wake();
        _thread.Join();
    }

    private void RequireOtherThread()
    {
        if (Thread.CurrentThread == _thread) throw new InvalidOperationException("The link thread cannot wait for its own end: a handler must not close it.");
    }

    private void Run(LinkThreadParts parts)
    {
        WorkerLinks? links = null;
        try
        {
            using var wire = new ZmqWire(parts.Endpoints, parts.Security, parts.Options.LargestFrame, parts.Near);
            links = new(parts.Me, wire, parts.Handler, parts.Options, parts.Resources);
            _started.SetResult((wire, links));
            TurnUntilEnd(links, wire, parts.Resources.Log);
        }
        catch (Exception error)
        {
            Error = error;
            if (!_started.TrySetException(error)) Fail(links!, error);
        }
    }

    private void Fail(WorkerLinks links, Exception error)
    {
        try
        {
            links.Fail(error);
        }
        catch (Exception further)
        {
            Error = new AggregateException(error, further);
        }
    }

    private void TurnUntilEnd(WorkerLinks links, ZmqWire wire, ILogger log)
    {
        var hasWork = () => links.HasWork || Volatile.Read(ref _ends) || Volatile.Read(ref _bindsAgain);
        while (!HasEnded(links))
        {
            if (Volatile.Read(ref _bindsAgain)) BindAgain(wire, log);
            if (!links.Turn() && !HasEnded(links)) wire.Wait(RestOf(links), hasWork);
        }
    }

    private void BindAgain(ZmqWire wire, ILogger log)
    {
        Volatile.Write(ref _bindsAgain, false);
        try
        {
            wire.BindAgain();
            _hasToldOfBinding = false;
        }
        catch (NetMQException error)
        {
            if (!_hasToldOfBinding) log.LogWarning("The sockets of this worker are gone, and cannot be had again: {Problem}", error.Message);
            _hasToldOfBinding = true;
        }
    }

    private bool HasEnded(WorkerLinks links)
    {
        if (Volatile.Read(ref _ends)) return true;
        if (!Volatile.Read(ref _isLeaving)) return false;
        _isSettled = links.IsLeaving && links.AreSettled;
        return _isSettled || LeaveTimeLeft <= TimeSpan.Zero;
    }

    private TimeSpan LeaveTimeLeft => _leaveLimit - _time.GetElapsedTime(_leavesAt);

    private TimeSpan RestOf(WorkerLinks links)
    {
        var rest = links.Rest;

        // Time that does not pass by itself is looked at every millisecond.
        if (_time != TimeProvider.System) return rest < Look && rest >= TimeSpan.Zero ? rest : Look;
        if (!Volatile.Read(ref _isLeaving) || (rest >= TimeSpan.Zero && rest < LeaveTimeLeft)) return rest;
        return LeaveTimeLeft > TimeSpan.Zero ? LeaveTimeLeft : TimeSpan.Zero;
    }
}
