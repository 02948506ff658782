using System.Collections.Immutable;

namespace Topology.Cluster.Tests;

public sealed class SupervisorTests
{
    private static readonly DateTimeOffset Start = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly WorkerKey Key = new("t", 0, 1);
    private static readonly WorkerProcess Process = new(7, "boot");

    private readonly Supervisor _supervisor = new(LeaseTimes.Default);
    private SupervisorState _state = new();

    [SetUp]
    public void Begin() => _state = Supervisor.Begin([], true, Start);

    [Test]
    public void A_worker_is_started_once()
    {
        Assert.That(Handle(new SupervisorEvent.StartOrdered(Key)), Does.Contain(new SupervisorAction.StartProcess(Key)));
        Assert.That(Handle(new SupervisorEvent.StartOrdered(Key)), Is.Empty);
        Handle(new SupervisorEvent.ProcessStarted(Key, Process));
        Assert.That(Handle(new SupervisorEvent.StartOrdered(Key)), Is.Empty);
    }

    [Test]
    public void An_order_that_crosses_the_news_of_a_workers_end_does_not_bring_it_back()
    {
        Run();
        Handle(new SupervisorEvent.ProcessExited(Key, Process, "exit 1"));
        Assert.That(Handle(new SupervisorEvent.StartOrdered(Key)), Is.EqualTo(new[] { new SupervisorAction.ReportExit(Key, null, "it ended before") }));
    }

    [Test]
    public void A_kill_is_reported_when_the_process_was_seen_dead_and_not_before()
    {
        Run();
        Assert.That(Handle(new SupervisorEvent.KillOrdered(Key, null)), Is.EqualTo(new[] { new SupervisorAction.KillProcess(Key, Process) }));
        Assert.That(Handle(new SupervisorEvent.ProcessExited(Key, Process, "signal 9")), Is.EqualTo(new[] { new SupervisorAction.ReportExit(Key, Process, "signal 9") }));
    }

    [Test]
    public void A_worker_that_is_to_be_killed_while_it_starts_is_killed_when_its_process_is_known()
    {
        Handle(new SupervisorEvent.StartOrdered(Key));
        Assert.That(Handle(new SupervisorEvent.KillOrdered(Key, null)), Is.Empty);
        Assert.That(Handle(new SupervisorEvent.ProcessStarted(Key, Process)), Is.EqualTo(new[] { new SupervisorAction.KillProcess(Key, Process) }));
    }

    [Test]
    public void A_worker_that_it_does_not_know_is_killed_by_its_process_or_said_not_to_be_there()
    {
        Assert.That(Handle(new SupervisorEvent.KillOrdered(Key, Process)), Is.EqualTo(new[] { new SupervisorAction.KillProcess(Key, Process) }));
        var other = Key with { Incarnation = 2 };
        Assert.That(Handle(new SupervisorEvent.KillOrdered(other, null)), Is.EqualTo(new[] { new SupervisorAction.ReportExit(other, null, "it is not known here") }));
        Assert.That(Handle(new SupervisorEvent.StartOrdered(other)).OfType<SupervisorAction.StartProcess>(), Is.Empty, "It has said that it is dead.");
    }

    [Test]
    public void A_worker_is_adopted_by_its_process()
    {
        Assert.That(Handle(new SupervisorEvent.AdoptOrdered(Key, Process)), Is.EqualTo(new[] { new SupervisorAction.WatchProcess(Key, Process) }));
        Assert.That(_supervisor.Supervised(_state, Start), Is.EqualTo(new[] { Key }));
        Assert.That(Handle(new SupervisorEvent.ProcessExited(Key, Process, "gone")), Is.EqualTo(new[] { new SupervisorAction.ReportExit(Key, Process, "gone") }));
    }

    [Test]
    public void A_start_that_fails_is_an_exit_without_a_process()
    {
        Handle(new SupervisorEvent.StartOrdered(Key));
        Assert.That(Handle(new SupervisorEvent.StartFailed(Key, "no memory")), Is.EqualTo(new[] { new SupervisorAction.ReportExit(Key, null, "no memory") }));
        Assert.That(_state.Workers, Is.Empty);
    }

    [Test]
    public void A_supervisor_without_its_master_kills_before_its_lease_ends_and_joins_again_when_all_are_dead()
    {
        _state = Supervisor.Begin([(Key, Process)], false, Start);
        Handle(new SupervisorEvent.LeaseGranted(Start));
        var kills = LeaseTimes.Default.Lease - LeaseTimes.Default.KillBefore;
        Assert.That(Handle(new SupervisorEvent.Tick(), kills - TimeSpan.FromTicks(1)).OfType<SupervisorAction.KillProcess>(), Is.Empty);
        Assert.That(_supervisor.Supervised(_state, Start + kills), Is.Empty);
        Assert.That(Handle(new SupervisorEvent.Tick(), kills), Does.Contain(new SupervisorAction.KillProcess(Key, Process)));
        Assert.That(Handle(new SupervisorEvent.MasterConnected(), kills).OfType<SupervisorAction.JoinMaster>(), Is.Empty, "One of them may live.");
        Handle(new SupervisorEvent.ProcessExited(Key, Process, "signal 9"), kills);
        Assert.That(Handle(new SupervisorEvent.MasterConnected(), kills).OfType<SupervisorAction.JoinMaster>().Single().Workers, Is.Empty);
        Handle(new SupervisorEvent.LeaseGranted(Start + kills), kills);
        Assert.That(_state.IsCutOff, Is.False);
    }

    [Test]
    public void A_lease_counts_from_when_it_was_asked_for_and_does_not_get_shorter()
    {
        _state = Supervisor.Begin([], false, Start);
        Handle(new SupervisorEvent.LeaseGranted(Start + TimeSpan.FromSeconds(10)), TimeSpan.FromSeconds(13));
        Handle(new SupervisorEvent.LeaseGranted(Start), TimeSpan.FromSeconds(14));
        Assert.That(_state.LeaseEnds, Is.EqualTo(Start + TimeSpan.FromSeconds(10) + LeaseTimes.Default.Lease));
    }

    private void Run()
    {
        Handle(new SupervisorEvent.StartOrdered(Key));
        Handle(new SupervisorEvent.ProcessStarted(Key, Process));
    }

    private ImmutableArray<SupervisorAction> Handle(SupervisorEvent @event, TimeSpan after = default)
    {
        var step = _supervisor.Handle(_state, @event, Start + after);
        _state = step.State;
        return step.Actions;
    }
}
