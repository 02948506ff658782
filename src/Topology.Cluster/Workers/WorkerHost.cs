using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Topology.Engine;
using Topology.Messaging;

namespace Topology.Cluster;

/// <summary>
/// A worker's process: does what the daemon orders, one order after the other on the thread that calls <see cref="Run"/>, and reports. User code runs on the engine's threads, but for <c>Build</c>. Orders come late, twice or never, so each says for which
/// generation it is, and one that was carried out is answered again.
/// </summary>
internal sealed class WorkerHost : IDisposable
{
    private static readonly TimeSpan ReportEvery = TimeSpan.FromSeconds(1);

    /// <summary>While something is awaited (to be ready, the first ack, the end), the master hears of it sooner.</summary>
    private static readonly TimeSpan ReportSoon = TimeSpan.FromMilliseconds(50);

    /// <summary>For how long that is so: a quiet source may never have a first ack.</summary>
    private static readonly TimeSpan SoonFor = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan AnnounceEvery = TimeSpan.FromMilliseconds(200);

    /// <summary>A worker that waits for what to run, and has nothing to report, shows that it lives.</summary>
    private static readonly TimeSpan RepeatAnnouncement = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LookSoon = TimeSpan.FromMilliseconds(5);

    /// <summary>A worker that takes longer to be ready says what it waits for.</summary>
    private static readonly TimeSpan SlowAfter = TimeSpan.FromSeconds(10);

    /// <summary>How long a share that is given up, or a process that is told to end, has for its clean-up.</summary>
    private static readonly TimeSpan CleanupTime = TimeSpan.FromSeconds(5);

    /// <summary>When the engine has not said by then that it gave up, it is not waited for.</summary>
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(6);

    private readonly WorkerArguments _arguments;
    private readonly ILoggerFactory _loggers;
    private readonly ILogger _log;
    private readonly TimeProvider _time;
    private readonly BlockingCollection<DaemonMessage> _orders = [];
    private readonly ConcurrentQueue<LinkLost> _losses = new();
    private readonly WorkerLinkSet _links;
    private readonly ControlPositions _positions;
    private readonly ControlClient _control;
    private readonly WorkerSupervision _supervision;
    private readonly WorkerProcess _process;
    private TopologyPlan? _plan;
    private DeployedRun? _deployed;
    private (DaemonMessage.Deploy Order, Task<TopologyPlan> Plan)? _planning;
    private ImmutableArray<LinkLost> _lost = [];
    private ImmutableSortedDictionary<string, long> _past = Counts.None;
    private long _generation;
    private long _readyGeneration;
    private long _daemon;
    private long _announcedAt = long.MinValue;
    private long _reportedAt = long.MinValue;
    private long _sequence;
    private long _refused;
    private long _turnedAway;
    private long _deployedAt;
    private long _activeAt = long.MinValue;
    private bool _hasSaidWhatIsMissing;
    private bool _hasAcked;
    private int? _exit;

    /// <param name="arguments">What it was told at its start.</param>
    /// <param name="keys">What it shows a daemon of another host; null where that is on this one.</param>
    /// <param name="loggers">Where it logs.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="NetMQException">There is no libzmq, or no address can be had.</exception>
    public WorkerHost(WorkerArguments arguments, ControlKeys? keys, ILoggerFactory loggers, TimeProvider time)
    {
        (_arguments, _loggers, _time) = (arguments, loggers, time);
        _log = loggers.CreateLogger("worker");
        var identity = ProcessIdentity.Current;
        _process = new WorkerProcess(identity.Id, identity.ToString());
        _links = new WorkerLinkSet(arguments, loggers.CreateLogger("links"));
        _supervision = new WorkerSupervision(arguments, Announcement, time);
        _control = new ControlClient(arguments.Control, Take, keys);
        _positions = new ControlPositions(arguments.Worker, _control.Send, FirstTaskOf, () => Volatile.Read(ref _generation), time);
    }

    /// <summary>Works until the process is to end, and says with what.</summary>
    public int Run()
    {
        _log.LogInformation("Worker {Worker} of {Topology}, incarnation {Incarnation}, is at {Endpoint}", _arguments.Worker.Worker, _arguments.Worker.Topology, _arguments.Worker.Incarnation, _links.Endpoint.Data);
        while (_exit is null)
        {
            if (_orders.TryTake(out var order, IsWaiting ? LookSoon : LookEvery)) Obey(order);
            if (_exit is null) Look();
        }

        // Nobody is there to see how it ends, and what it still did might be done elsewhere by then.
        if (_exit != WorkerExit.Alone) StopShare();
        return _exit.Value;
    }

    /// <summary>Ends the process in good order; legal from any thread.</summary>
    public void End() => _orders.Add(new DaemonMessage.End());

    public void Dispose()
    {
        _control.Dispose();
        _supervision.Dispose();
        _links.Dispose();
        _orders.Dispose();
    }

    private bool IsWaiting =>
        _planning is not null || (_deployed is { } deployed && (_readyGeneration < _generation || deployed.IsEnding || (!_hasAcked && !IsPast(_activeAt, SoonFor))));

    // On the thread of the control channel.
    private void Take(DaemonMessage message)
    {
        switch (message)
        {
            case DaemonMessage.PositionCommitted m: _positions.Answer(m.Request, m); break;
            case DaemonMessage.PositionRead m: _positions.Answer(m.Request, m); break;
            case DaemonMessage.RequestFailed m: _positions.Answer(m.Request, m); break;
            case DaemonMessage.Pulse pulse:
                // Heard here, whatever the other thread is at.
                _supervision.HearDaemon();
                _orders.Add(pulse);
                break;
            default: _orders.Add(message); break;
        }
    }

    private void Obey(DaemonMessage order)
    {
        switch (order)
        {
            case DaemonMessage.Pulse pulse: Hear(pulse); break;
            case DaemonMessage.Deploy deploy: Deploy(deploy); break;
            case DaemonMessage.FailPending fail: FailPending(fail); break;
            case DaemonMessage.SetSpouts set when IsNow(set.Generation): SetSpouts(set.IsActive); break;
            case DaemonMessage.DrainSpouts drain when IsNow(drain.Generation): _deployed?.EndSpouts(); break;
            case DaemonMessage.Finish finish when IsNow(finish.Generation): _deployed?.Finish(); break;
            case DaemonMessage.End: _exit = WorkerExit.Ended; break;
        }
    }

    /// <summary>Whether an order is for the generation that this worker is ready in, and that one is not over.</summary>
    private bool IsNow(long generation) => generation == _readyGeneration && generation == _generation;

    private void SetSpouts(bool active)
    {
        if (active) _activeAt = _time.GetTimestamp();
        _deployed?.Run.SetActive(active);
        ReportNow();
    }

    private void Hear(DaemonMessage.Pulse pulse)
    {
        if (pulse.Daemon == _daemon && pulse.Daemon != 0) return;
        // A daemon that was started again knows this worker from its store alone.
        _daemon = pulse.Daemon;
        Announce();
    }

    private void Announce()
    {
        _announcedAt = _time.GetTimestamp();
        _control.Send(Announcement());
    }

    private WorkerMessage.Announce Announcement() => new(_arguments.Worker, _arguments.Host, _process, _links.Endpoint.ToString(), _readyGeneration);

    private void Deploy(DaemonMessage.Deploy order)
    {
        var assignment = order.Assignment;
        if (assignment.Generation < _generation) return;
        if (assignment.Generation == _readyGeneration)
        {
            _control.Send(new WorkerMessage.Ready(_arguments.Worker, _readyGeneration));
            return;
        }

        if (_deployed?.Generation == assignment.Generation) return;
        if (_plan is { } known) Deploy(order, known);
        // Build is a user's code and may take its time, in which this worker has to be heard.
        else _planning = (order, _planning?.Plan ?? Task.Run(() => TopologyLoader.Plan(Path.Combine(_arguments.Code ?? "", order.Code.Assembly), order.Code.Class, order.Code.Name, order.Code.Settings)));
    }

    private void LookAtPlan()
    {
        if (_planning is not { Plan.IsCompleted: true } planning) return;
        _planning = null;
        if (planning.Plan.IsFaulted)
        {
            var error = planning.Plan.Exception!.InnerException!;
            Fail(error.Message, error);
            return;
        }

        Deploy(planning.Order, planning.Plan.Result);
    }

    private void Deploy(DaemonMessage.Deploy order, TopologyPlan plan)
    {
        if (plan.Hash != order.Assignment.PlanHash)
        {
            FailOther(plan, order);
            return;
        }

        try
        {
            _plan = plan;
            Deploy(order.Assignment, order.Endpoints, plan);
        }
        catch (TopologyException error)
        {
            Fail(error.Message, error);
        }
    }

    private void FailOther(TopologyPlan plan, DaemonMessage.Deploy order)
    {
        Fail($"{order.Code.Class} built another topology here (plan {plan.Hash:x16}) than when it was submitted (plan {order.Assignment.PlanHash:x16}): {PlanText.Advice}", null);
        // The daemon knows the other plan, and says where they differ.
        _control.Send(new WorkerMessage.BuiltOther(_arguments.Worker, PlanText.Of(plan)));
    }

    private void Deploy(Assignment assignment, ImmutableSortedDictionary<int, string> endpoints, TopologyPlan plan)
    {
        var self = assignment.Workers.Select(w => w.Number).ToList().IndexOf(_arguments.Worker.Worker);
        if (self < 0 || assignment.Workers[self].Incarnation != _arguments.Worker.Incarnation) return;
        var share = DeployedShare.Of(assignment, self);
        // What has finished, or is to be other tasks, begins afresh; everything else goes on with what it has in memory.
        if (_deployed is { } old && (old.IsEnding || !DeployedShare.AreSame(old.Assignment, assignment)) && !StopShare())
        {
            Fail($"User code did not end within {CleanupTime.TotalSeconds:0} s of being told to, so what takes its place has to begin in another process.", null);
            return;
        }

        if (assignment.Generation > _generation)
        {
            // The word that the generation before is over may have been lost.
            _deployed?.Run.FailPending(FailKind.WorkerLost);
            _lost = [];
        }

        Volatile.Write(ref _generation, assignment.Generation);
        if (_deployed is null)
        {
            var options = new WorkerOptions
            {
                Time = _time,
                Share = share,
                Loggers = _loggers,
                Positions = _positions,
                Incarnation = _arguments.Worker.Incarnation,
                OnError = Tell,
                CleanupTime = CleanupTime,
            };
            _deployed = new DeployedRun(new ShareRun(DeployedShare.PlanFor(plan, assignment, self), options, _losses.Enqueue), assignment);
            _links.Relay.Target = _deployed.Run.Links;
        }

        _deployed.Run.Connect(_links.Thread.Assign(new PeerSet((ulong)assignment.Generation, [.. DeployedShare.PeersOf(assignment, endpoints, self)])), _links.Resources);
        _deployed.Begin(assignment.Generation);
        (_deployedAt, _hasSaidWhatIsMissing) = (_time.GetTimestamp(), false);
        _log.LogInformation("Deployed in generation {Generation} with {Executors} executors of {Workers} workers", assignment.Generation, assignment.Workers[self].Executors.Length, assignment.Workers.Length);
    }

    private void FailPending(DaemonMessage.FailPending order)
    {
        if (order.Generation <= _generation) return;
        Volatile.Write(ref _generation, order.Generation);
        _lost = [];
        _deployed?.Run.FailPending(order.Cause);
        _log.LogInformation("Generation {Generation} begins: pending trees have failed ({Cause})", order.Generation, order.Cause);
        ReportNow();
    }

    private void Look()
    {
        if (_supervision.IsAlone)
        {
            _log.LogError("No supervisor was heard for {Grace}: this worker ends", _arguments.Grace);
            _exit = WorkerExit.Alone;
            return;
        }

        if (_daemon == 0 ? IsPast(_announcedAt, AnnounceEvery) : _deployed is null && IsPast(_announcedAt, RepeatAnnouncement)) Announce();
        _supervision.Greet();
        LookAtPlan();
        while (_losses.TryDequeue(out var lost)) Note(lost);
        LookAtShare();
        if (_exit is null && IsPast(_reportedAt, IsWaiting ? ReportSoon : ReportEvery)) ReportNow();
    }

    private void LookAtShare()
    {
        if (_deployed is not { } deployed) return;
        if (deployed.Run.Completion is { IsCompleted: true } ended && ended.Result.Failure is { } error) Fail(error.Message, error);
        else if (deployed.Preparation is { IsFaulted: true } preparation) Fail(preparation.Exception!.InnerException!.Message, preparation.Exception.InnerException);
        else if (deployed.Generation == _generation && _readyGeneration < _generation && deployed.IsReady)
        {
            _readyGeneration = _generation;
            _control.Send(new WorkerMessage.Ready(_arguments.Worker, _readyGeneration));
            _log.LogInformation("Ready in generation {Generation}", _readyGeneration);
        }
        else if (deployed.Generation == _generation && _readyGeneration < _generation && !_hasSaidWhatIsMissing && IsPast(_deployedAt, SlowAfter))
        {
            _hasSaidWhatIsMissing = true;
            _log.LogWarning("Not ready after {Time}: waiting for {What}", SlowAfter, deployed.Missing);
        }
    }

    private void ReportNow()
    {
        _reportedAt = _time.GetTimestamp();
        TellRefused();
        _links.KeepListening();
        TellTurnedAway();
        foreach (var lost in _lost) _control.Send(new WorkerMessage.LostLink(_arguments.Worker, _generation, (int)lost.Peer.Worker, lost.Detail));
        if (_deployed is not { } deployed) return;
        var counters = Counts.Sum(_past, deployed.Counters());
        _hasAcked |= counters.Any(c => c.Value > 0 && c.Key.StartsWith(CounterName.Acked + "/", StringComparison.Ordinal));
        _control.Send(new WorkerMessage.Reported(_arguments.Worker, deployed.Report(++_sequence, counters, _links.Thread.Counters)));
    }

    /// <summary>The links tell of the first frame that they refuse; how many there were is told while they come.</summary>
    private void TellRefused()
    {
        var refused = _links.Thread.Refused.Total + _links.Thread.Counters.Sum(c => c.Refused.Total);
        if (refused == _refused) return;
        _refused = refused;
        _log.LogInformation("{Count} frames were refused so far", refused);
    }

    /// <summary>Who has no key of a worker of this generation is turned away. Told when there were twice as many, so that no stranger fills a log.</summary>
    private void TellTurnedAway()
    {
        var count = _links.Thread.RefusedHandshakes;
        if (count == 0 || count < 2 * _turnedAway) return;
        _turnedAway = count;
        _log.LogInformation("{Count} connections were turned away so far", count);
    }

    /// <summary>A loss is told with every report, until the generation is over.</summary>
    private void Note(LinkLost lost)
    {
        _log.LogWarning("The link with worker {Peer} is lost: {Detail}", lost.Peer.Worker, lost.Detail);
        if ((long)lost.Generation != _generation) return;
        _lost = _lost.Add(lost);
        ReportNow();
    }

    private void Tell(ErrorReport report) =>
        _control.Send(new WorkerMessage.Error(_arguments.Worker, report.Component, report.Task, report.Error.Message, report.ToString(), report.Time));

    private void Fail(string reason, Exception? error)
    {
        _log.LogError(error, "This worker cannot go on: {Reason}", reason);
        ReportNow();
        _control.Send(new WorkerMessage.Failing(_arguments.Worker, reason));
        _exit = WorkerExit.Failed;
    }

    /// <returns>Whether all user code has ended.</returns>
    private bool StopShare()
    {
        if (_deployed is not { } deployed) return true;
        _links.Relay.Target = null;
        var since = _time.GetTimestamp();
        var hasEnded = deployed.Run.StopAsync(TimeSpan.Zero).Wait(StopLimit) && _time.GetElapsedTime(since) < CleanupTime;
        if (!hasEnded) _log.LogWarning("User code did not end within {Limit}", CleanupTime);
        _past = Counts.Sum(_past, deployed.Counters());
        _deployed = null;
        return hasEnded;
    }

    private int FirstTaskOf(string component) => _plan!.Components.First(c => c.Id == component).FirstTask;

    private bool IsPast(long since, TimeSpan interval) => since == long.MinValue || _time.GetElapsedTime(since) >= interval;
}
