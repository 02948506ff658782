using System.Collections.Immutable;
using static Topology.Cluster.TopologyState;

namespace Topology.Cluster.Tests;

public sealed class MasterTests
{
    private static readonly (string, string) AtOnce = (RestartSettings.Jitter, "0");

    [TestCase(".")]
    [TestCase("..")]
    public void A_name_that_no_path_can_hold_is_refused(string name)
    {
        var master = new MasterDriver();
        var outcome = master.Ask(new TopologyCommand.Submit(MasterDriver.Spec(MasterDriver.Plan, 2) with { Name = name }));
        Assert.That((outcome.Verdict, outcome.Message), Is.EqualTo((CommandVerdict.Invalid, outcome.Message)));
        Assert.That(outcome.Message, Does.Contain($"cannot be named '{name}'"));
        Assert.That(master.Ask(new TopologyCommand.Submit(MasterDriver.Spec(MasterDriver.Plan, 2) with { Name = name + "." + name })).Verdict, Is.EqualTo(CommandVerdict.Accepted));
    }

    [Test]
    public void A_topology_is_active_when_every_worker_is_ready_and_not_before()
    {
        var master = new MasterDriver();
        master.Join();
        Assert.That(master.Submit().Verdict, Is.EqualTo(CommandVerdict.Accepted));
        Assert.That(master.Actions.OfType<MasterAction.StartWorker>().Count(), Is.EqualTo(2));
        master.Announce(0);
        Assert.That(master.Actions, Is.Empty, "Nothing is deployed before the endpoints of all are known.");
        master.Announce(1);
        Assert.That(master.Actions.OfType<MasterAction.DeployWorker>().Count(), Is.EqualTo(2));
        master.Ready(0);
        Assert.That(master.Topology.Entry.State, Is.EqualTo(Starting));
        Assert.That(master.Actions.OfType<MasterAction.SetSpouts>(), Is.Empty, "No spout emits before every worker is ready.");
        master.Ready(1);
        Assert.That(master.Topology.Entry.State, Is.EqualTo(Active));
        Assert.That(master.Actions.OfType<MasterAction.SetSpouts>().Select(a => a.Active), Is.EqualTo(new[] { true, true }));
    }

    [Test]
    public void A_topology_waits_for_slots()
    {
        var master = new MasterDriver();
        master.Submit();
        Assert.That((master.Topology.Entry.State, master.Topology.Entry.Reason), Is.EqualTo((Submitted, "there is no free slot")));
        master.Join();
        Assert.That(master.Topology.Entry.State, Is.EqualTo(Starting));
    }

    [Test]
    public void A_dead_worker_raises_the_generation_and_is_replaced_in_it()
    {
        var master = new MasterDriver().Activated(2, AtOnce);
        var (generation, old) = (master.Topology.Entry.Generation, master.Key(1));
        master.Die(1);
        Assert.That(master.Topology.Entry, Has.Property("State").EqualTo(Recovering).And.Property("Generation").EqualTo(generation + 1));
        Assert.That(master.Store[MasterDriver.Id].Entry.Generation, Is.EqualTo(generation + 1));
        Assert.That(master.Actions.OfType<MasterAction.FailPendingTrees>().Single(), Is.EqualTo(new MasterAction.FailPendingTrees(master.Key(0), generation + 1, FailKind.WorkerLost)));
        Assert.That(master.Actions.OfType<MasterAction.StartWorker>().Single().Worker, Is.EqualTo(old with { Incarnation = old.Incarnation + 1 }));
        master.Settle();
        Assert.That(master.Topology.Entry.State, Is.EqualTo(Active));
        Assert.That(master.Topology.Workers[1].Entry.Restarts, Is.EqualTo(1));
    }

    [Test]
    public void A_silent_worker_is_killed_and_replaced_only_when_it_is_seen_dead()
    {
        var master = new MasterDriver().Activated();
        var old = master.Key(1);
        master.Pass(10, silent: 1);
        Assert.That(master.Topology.Entry.State, Is.EqualTo(Active), "Not before the time.");
        master.Pass(1, silent: 1);
        Assert.That(master.Topology.Entry.State, Is.EqualTo(Recovering));
        Assert.That(master.Actions, Does.Contain(new MasterAction.KillWorker("local", old, MasterDriver.ProcessOf(old))));
        master.Pass(30);
        Assert.That(master.Key(1), Is.EqualTo(old), "Nothing takes its place while it may live.");
        master.Die(old);
        Assert.That(master.Key(1).Incarnation, Is.GreaterThan(old.Incarnation));
    }

    [Test]
    public void A_kill_without_effect_is_ordered_again()
    {
        var master = new MasterDriver().Activated();
        master.Pass(11, silent: 1);
        var kills = 0;
        for (var i = 0; i < 10; i++)
        {
            master.Pass(1);
            kills += master.Actions.OfType<MasterAction.KillWorker>().Count();
        }

        Assert.That(kills, Is.EqualTo(5));
    }

    [Test]
    public void Workers_lost_together_are_one_failure_to_the_restart_strategy()
    {
        var master = new MasterDriver().Activated(2, (RestartSettings.Limit, "1"));
        var (first, second) = (master.Key(0), master.Key(1));
        master.Die(first);
        master.Die(second);
        Assert.That(master.Topology.Entry, Has.Property("State").EqualTo(Recovering).And.Property("RestartsWithoutProgress").EqualTo(1));
        master.Settle();
        Assert.That(master.Topology.Entry.State, Is.EqualTo(Active));
    }

    [Test]
    public void A_replacement_that_dies_is_another_failure_and_waits()
    {
        var master = new MasterDriver().Activated(2, AtOnce);
        master.Die(1);
        master.Announce(1);
        master.Die(1);
        Assert.That(master.Topology.Workers[1].Phase, Is.EqualTo(WorkerPhase.Gone), "The second restart waits 100 ms.");
        Assert.That(master.Topology.StartAfter - master.Now, Is.EqualTo(TimeSpan.FromMilliseconds(100)));
        master.Pass(1);
        Assert.That(master.Topology.Workers[1].Phase, Is.EqualTo(WorkerPhase.Starting));
        Assert.That(master.Topology.Entry.RestartsWithoutProgress, Is.EqualTo(2));
    }

    [Test]
    public void Restarts_without_progress_fail_the_topology_with_the_reason_and_progress_excuses_them()
    {
        var master = new MasterDriver().Activated(2, (RestartSettings.Limit, "1"));
        master.Die(1);
        master.Settle();
        master.Report(0, r => r with { Progress = 1 });
        master.Die(1);
        Assert.That(master.Topology.Entry.State, Is.EqualTo(Recovering));
        master.Settle();
        master.Report(0, r => r with { Generation = r.Generation - 1, Progress = 5 });
        master.Die(1);
        Assert.That(master.Topology.Entry.State, Is.EqualTo(Failed), "Progress of an earlier generation is none.");
        Assert.That(master.Topology.Entry.Reason, Does.Contain("worker 1 on local ended (signal 9)").And.Contain("restart.limit"));
        Assert.That(master.Actions.OfType<MasterAction.KillWorker>().Select(a => a.Worker), Is.EqualTo(new[] { master.Key(0) }), "What is left is killed.");
        master.Die(0);
        Assert.That(master.Topology.Workers, Is.Empty);
    }

    [Test]
    public void A_worker_that_never_becomes_ready_counts_as_lost()
    {
        var master = new MasterDriver();
        master.Join();
        master.Submit();
        master.Announce(0);
        master.Announce(1);
        master.Ready(0);
        var old = master.Key(1);
        master.Pass(120);
        Assert.That(master.Topology.Workers[1].Phase, Is.EqualTo(WorkerPhase.Connected));
        master.Pass(1);
        Assert.That(master.Topology.Workers[1].Phase, Is.EqualTo(WorkerPhase.Dying));
        master.Die(old);
        Assert.That((master.Topology.Entry.State, master.Key(1).Incarnation > old.Incarnation), Is.EqualTo((Starting, true)));
    }

    [Test]
    public void A_lost_link_raises_the_generation_and_replaces_nobody()
    {
        var master = new MasterDriver().Activated();
        var generation = master.Topology.Entry.Generation;
        master.Handle(new MasterEvent.LinkLost(MasterDriver.Id, generation, 0, 1));
        Assert.That(master.Actions.OfType<MasterAction.FailPendingTrees>().Select(a => a.Cause), Is.EqualTo(new[] { FailKind.LinkLost, FailKind.LinkLost }));
        Assert.That(master.Actions.OfType<MasterAction.DeployWorker>().Count(), Is.EqualTo(2));
        master.Handle(new MasterEvent.LinkLost(MasterDriver.Id, generation, 1, 0));
        Assert.That(master.Topology.Entry.Generation, Is.EqualTo(generation + 1), "What is said of a generation that is over is over, too.");
        master.Settle();
        Assert.That(master.Topology.Entry.State, Is.EqualTo(Active));
    }

    [Test]
    public void Living_workers_are_adopted_after_a_restart_and_old_ones_are_told_to_end()
    {
        var before = new MasterDriver().Activated();
        var (first, second) = (before.Key(0), before.Key(1));
        before.Die(second);
        before.Settle();
        var generation = before.Topology.Entry.Generation;
        var master = new MasterDriver(store: before.Store);
        master.Join("local", true, first, master.Key(1));
        Assert.That(master.Actions.OfType<MasterAction.StartWorker>(), Is.Empty);
        master.Announce(second);
        Assert.That(master.Actions, Does.Contain(new MasterAction.EndWorker(second, MasterDriver.ProcessOf(second))).And.Contain(new MasterAction.KillWorker("local", second, MasterDriver.ProcessOf(second))));
        master.Announce(0, generation);
        master.Announce(1, generation);
        Assert.That((master.Topology.Entry.State, master.Topology.Entry.Generation), Is.EqualTo((Active, generation)), "They go on as if nothing had happened.");
        Assert.That(master.Key(0), Is.EqualTo(first));
    }

    [Test]
    public void A_worker_that_died_while_the_daemon_was_down_is_replaced()
    {
        var before = new MasterDriver().Activated();
        var master = new MasterDriver(store: before.Store);
        master.Join("local", true, before.Key(0));
        Assert.That(master.Actions, Does.Contain(new MasterAction.AdoptWorker("local", before.Key(1), MasterDriver.ProcessOf(before.Key(1)))));
        master.Announce(0, before.Topology.Entry.Generation);
        master.Die(1);
        Assert.That(master.Actions.OfType<MasterAction.StartWorker>().Single().Worker.Worker, Is.EqualTo(1));
    }

    [Test]
    public void A_supervisor_that_knows_no_process_of_a_worker_has_not_seen_it_dead_and_is_told_of_it()
    {
        var master = new MasterDriver().Activated();
        master.Handle(new MasterEvent.WorkerExited(master.Key(1), null, "it is not known here"));
        Assert.That(master.Topology.Entry.State, Is.EqualTo(Active));
        Assert.That(master.Actions, Is.EqualTo(new[] { new MasterAction.AdoptWorker("local", master.Key(1), MasterDriver.ProcessOf(master.Key(1))) }));
    }

    [Test]
    public void A_lost_host_is_given_up_when_its_lease_has_ended_and_not_before()
    {
        var master = new MasterDriver();
        master.Join("far", isLocal: false);
        master.Submit();
        master.Settle();
        master.Join();
        master.Pass(59, 0, 1);
        Assert.That(master.Topology.Workers.Values.Select(w => w.Entry.Host), Is.All.EqualTo("far"));
        master.Pass(2, 0, 1);
        Assert.That(master.Topology.Workers.Values.Select(w => w.Entry.Host), Is.All.EqualTo("local"));
    }

    [Test]
    public void Completed_means_exhausted_committed_passed_and_cleaned_up_in_the_present_generation()
    {
        var master = new MasterDriver().Activated();
        master.Exhaust(0);
        master.Exhaust(1, r => r with { Pending = 1 });
        Assert.That(master.Topology.Entry.State, Is.EqualTo(Active), "Something is pending.");
        master.Exhaust(1, r => r with { PositionsCommitted = false });
        Assert.That(master.Topology.Entry.State, Is.EqualTo(Active), "A position is not committed.");
        master.Exhaust(1, r => r with { Generation = r.Generation - 1 });
        Assert.That(master.Topology.Entry.State, Is.EqualTo(Active), "That was an earlier generation.");
        master.Exhaust(1);
        Assert.That(master.Actions.OfType<MasterAction.FinishWorker>().Count(), Is.EqualTo(2));
        master.Exhaust(0, r => r with { EndOfStreamPassed = true, IsCleanedUp = true });
        master.Exhaust(1, r => r with { EndOfStreamPassed = true });
        Assert.That(master.Topology.Entry.State, Is.EqualTo(Draining), "A cleanup has not returned.");
        master.Exhaust(1, r => r with { EndOfStreamPassed = true, IsCleanedUp = true });
        Assert.That(master.Topology.Entry.State, Is.EqualTo(Completed));
        Assert.That(master.Actions.OfType<MasterAction.EndWorker>().Count(), Is.EqualTo(2));
    }

    [Test]
    public void A_loss_before_completion_takes_back_what_was_exhausted()
    {
        var master = new MasterDriver().Activated();
        master.Exhaust(0);
        master.Die(1);
        master.Settle();
        master.Exhaust(1);
        Assert.That(master.Topology.Entry.State, Is.EqualTo(Active), "What worker 0 said was of the generation before.");
    }

    [Test]
    public void Counters_do_not_fall_when_a_worker_is_replaced_or_the_daemon_restarted()
    {
        var master = new MasterDriver().Activated();
        var counters = Counts.None.Add(CounterName.Of(CounterName.Emitted, "c0"), 70);
        master.Report(1, r => r with { Counters = counters });
        master.Die(1);
        master.Settle();
        master.Report(1, r => r with { Counters = counters.SetItem(CounterName.Of(CounterName.Emitted, "c0"), 5) });
        Assert.That(Descriptions.Of(master.Topology).Components[0].Emitted, Is.EqualTo(75));
        Assert.That(Descriptions.Of(new MasterDriver(store: master.Store).Topology).Components[0].Emitted, Is.EqualTo(75));
    }

    [Test]
    public void Down_drains_and_up_resumes_what_was_active()
    {
        var master = new MasterDriver().Activated();
        master.Ask(new TopologyCommand.DrainAll());
        Assert.That(master.Actions.OfType<MasterAction.DrainSpouts>().Count(), Is.EqualTo(2));
        foreach (var worker in (int[])[0, 1]) master.Exhaust(worker);
        Assert.That(master.Actions.OfType<MasterAction.FinishWorker>().Count(), Is.EqualTo(2));
        foreach (var worker in (int[])[0, 1]) master.Exhaust(worker, r => r with { EndOfStreamPassed = true, IsCleanedUp = true });
        Assert.That(master.Actions.OfType<MasterAction.EndWorker>().Count(), Is.EqualTo(2));
        master.Die(0);
        master.Die(1);
        Assert.That((master.Topology.Entry.State, master.Topology.Workers.Count), Is.EqualTo((Inactive, 0)));
        var again = new MasterDriver(store: master.Store);
        again.Join();
        Assert.That(again.Topology.Entry.State, Is.EqualTo(Inactive), "It waits to be resumed.");
        again.Ask(new TopologyCommand.ResumeAll());
        again.Settle();
        Assert.That(again.Topology.Entry.State, Is.EqualTo(Active));
    }

    [Test]
    public void Up_does_not_resume_what_was_deactivated()
    {
        var master = new MasterDriver().Activated();
        master.Ask(new TopologyCommand.Deactivate("name"));
        master.Ask(new TopologyCommand.DrainAll(TimeSpan.Zero));
        master.Die(0);
        master.Die(1);
        master.Ask(new TopologyCommand.ResumeAll());
        Assert.That(master.Topology.Entry.State, Is.EqualTo(Inactive));
        Assert.That(master.Ask(new TopologyCommand.Resume("name")).Verdict, Is.EqualTo(CommandVerdict.Conflict));
    }

    [Test]
    public void A_rebalance_waits_for_what_is_pending_and_keeps_processes_that_need_not_change()
    {
        var master = new MasterDriver().Activated(1);
        master.Ask(new TopologyCommand.Rebalance(MasterDriver.Id, 2));
        master.Report(0, r => r with { Pending = 3 });
        Assert.That(master.Topology.Workers[0].Phase, Is.EqualTo(WorkerPhase.Connected));
        master.Report(0, r => r);
        Assert.That(master.Actions.OfType<MasterAction.KillWorker>().Count(), Is.EqualTo(1), "Its part changes.");
        master.Die(0);
        Assert.That(master.Actions.OfType<MasterAction.StartWorker>().Count(), Is.EqualTo(2));
        master.Settle();
        Assert.That((master.Topology.Entry.State, master.Topology.Workers.Count), Is.EqualTo((Active, 2)));
        var keys = (master.Key(0), master.Key(1));
        master.Ask(new TopologyCommand.Rebalance(MasterDriver.Id, 2, TimeSpan.Zero));
        master.Settle();
        Assert.That((master.Key(0), master.Key(1), master.Topology.Entry.State), Is.EqualTo((keys.Item1, keys.Item2, Active)));
    }

    [Test]
    public void A_rebalance_gives_a_component_other_executors_once_what_is_pending_is_worked_off()
    {
        var master = new MasterDriver().Activated(1);
        var component = master.Topology.Entry.Spec.Plan.Components.First(c => c.Tasks > 1);
        var wanted = component.Executors == component.Tasks ? component.Tasks - 1 : component.Tasks;
        master.Ask(new TopologyCommand.Rebalance(MasterDriver.Id, 1, TimeSpan.Zero, Counted(component.Id, wanted)));
        master.Die(0);
        master.Settle();
        Assert.That(master.Topology.Entry.Spec.Plan.Components.Single(c => c.Id == component.Id).Executors, Is.EqualTo(wanted));
        Assert.That(master.Topology.Workers.Values.SelectMany(w => w.Entry.Executors).Count(e => e.Component == component.Id), Is.EqualTo(wanted));
        Assert.That(master.Topology.Entry.State, Is.EqualTo(Active));
        Assert.That(master.Ask(new TopologyCommand.Rebalance(MasterDriver.Id, null, null, Counted(component.Id, component.Tasks + 1))).Verdict, Is.EqualTo(CommandVerdict.Invalid));
        Assert.That(master.Ask(new TopologyCommand.Rebalance(MasterDriver.Id, null, null, Counted("nobody", 1))).Verdict, Is.EqualTo(CommandVerdict.Invalid));

        static ImmutableSortedDictionary<string, int> Counted(string id, int count) => ImmutableSortedDictionary<string, int>.Empty.Add(id, count);
    }

    [Test]
    public void A_kill_waits_as_long_as_it_is_told_and_the_name_is_free_after_it()
    {
        var master = new MasterDriver().Activated();
        master.Ask(new TopologyCommand.Kill("name", TimeSpan.FromSeconds(5)));
        Assert.That(master.Submit().Verdict, Is.EqualTo(CommandVerdict.Conflict));
        master.Pass(4);
        Assert.That(master.Topology.Entry.State, Is.EqualTo(Draining));
        master.Pass(1);
        Assert.That(master.Topology.Entry.State, Is.EqualTo(Killed));
        Assert.That(master.Ask(new TopologyCommand.Kill("name")).Verdict, Is.EqualTo(CommandVerdict.NotFound));
        Assert.That(master.Ask(new TopologyCommand.Kill(MasterDriver.Id)).Verdict, Is.EqualTo(CommandVerdict.Conflict));
    }

    [Test]
    public void Of_the_topologies_that_have_ended_the_newest_are_kept()
    {
        var master = new MasterDriver(new MasterOptions { EndedKept = 2 });
        foreach (var id in (string[])["d", "c", "b", "a"])
        {
            master.Ask(new TopologyCommand.Submit(MasterDriver.Spec(MasterDriver.Plan, 1) with { Id = id, Name = id }, false));
            master.Ask(new TopologyCommand.Kill(id));
            master.Pass(1);
        }

        Assert.That(master.State.Topologies.Keys, Is.EqualTo(new[] { "a", "b" }));
        Assert.That(master.Store.Images.Select(i => i.Entry.Id), Is.EqualTo(new[] { "a", "b" }));
    }

    [Test]
    public void A_topology_that_has_ended_is_not_forgotten_before_its_workers_are_dead()
    {
        var master = new MasterDriver(new MasterOptions { EndedKept = 0 }).Activated();
        var (first, second) = (master.Key(0), master.Key(1));
        master.Ask(new TopologyCommand.Kill("name"));
        master.Die(first);
        Assert.That(master.State.Topologies, Is.Not.Empty);
        master.Die(second);
        Assert.That(master.State.Topologies, Is.Empty);
    }

    [Test]
    public void A_master_that_was_itself_stopped_blames_nobody()
    {
        var master = new MasterDriver().Activated();
        var options = new Master(new MasterOptions());
        var step = options.Handle(master.State, new MasterEvent.Tick(), master.Now.AddMinutes(2));
        Assert.That(step.State.Topologies[MasterDriver.Id].Entry.State, Is.EqualTo(Active));
    }
}
