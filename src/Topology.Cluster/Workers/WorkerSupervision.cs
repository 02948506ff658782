using Topology.Messaging;

namespace Topology.Cluster;

/// <summary>Whether a worker is supervised: hears its supervisor, be that the daemon or another process of its host, and tells when it has been alone for its grace. A daemon that is not its supervisor does not keep it alive.</summary>
internal sealed class WorkerSupervision : IDisposable
{
    private static readonly TimeSpan GreetEvery = TimeSpan.FromSeconds(1);

    private readonly Func<WorkerMessage> _greeting;
    private readonly TimeProvider _time;
    private readonly LeaseClock _clock;
    private readonly Lock _lock = new();
    private readonly WorkerGrace _grace;

    // Null where the daemon is its supervisor.
    private readonly ControlClient? _supervisor;
    private long? _greetedAt;

    /// <param name="arguments">What the worker was told at its start.</param>
    /// <param name="greeting">What a supervisor knows it by.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="NetMQException">The supervisor's address makes no sense.</exception>
    public WorkerSupervision(WorkerArguments arguments, Func<WorkerMessage> greeting, TimeProvider time)
    {
        (_greeting, _time, _clock) = (greeting, time, new LeaseClock(time));
        _grace = new WorkerGrace(arguments.Grace, _clock.Now);
        _supervisor = arguments.Supervisor is { } supervisor ? new ControlClient(supervisor, HearSupervisor) : null;
    }

    /// <summary>Whether it has not heard its supervisor for its grace. Legal from any thread.</summary>
    public bool IsAlone
    {
        get
        {
            lock (_lock) return _grace.IsOver(_clock.Now);
        }
    }

    /// <summary>The daemon has said that it lives. Legal from any thread.</summary>
    public void HearDaemon()
    {
        if (_supervisor is null) Hear();
    }

    /// <summary>Shows itself to its supervisor now and then: one that was started again knows from this whom to tell that they are supervised. For one thread.</summary>
    public void Greet()
    {
        if (_supervisor is null || (_greetedAt is { } at && _time.GetElapsedTime(at) < GreetEvery)) return;
        _greetedAt = _time.GetTimestamp();
        _supervisor.Send(_greeting());
    }

    public void Dispose() => _supervisor?.Dispose();

    private void HearSupervisor(DaemonMessage message)
    {
        if (message is DaemonMessage.Pulse) Hear();
    }

    private void Hear()
    {
        lock (_lock) _grace.Hear(_clock.Now);
    }
}
