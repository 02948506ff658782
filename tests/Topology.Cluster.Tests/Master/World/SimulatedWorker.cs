using System.Collections.Immutable;

namespace Topology.Cluster.Tests;

/// <summary>A worker process of a simulation: it obeys orders a little later, works, and may hang, stop or die at any moment.</summary>
internal sealed class SimulatedWorker(SimulatedWorld world, WorkerKey key, string host, WorkerProcess process)
{
    private readonly WorkerGrace _grace = new(world.Times.WorkerGrace, world.Now);
    private long _sequence;
    private long _emitted;
    private long _progress;
    private int _beatsLeft;
    private bool _ended;

    public WorkerKey Key => key;

    public string Host => host;

    public WorkerProcess Process => process;

    public bool IsAlive { get; private set; } = true;

    /// <summary>Whether it has run user code, which may write to files.</summary>
    public bool HasRun { get; private set; }

    public DateTimeOffset StoppedUntil { get; set; }

    public bool Hangs { get; init; }

    public long Generation { get; private set; }

    public bool IsReady { get; private set; }

    public bool IsActive { get; private set; }

    /// <summary>Whether it has no spout that may still emit.</summary>
    public bool AreSpoutsEnded => _ended || SpoutTasks.IsEmpty;

    public bool IsFinished { get; private set; }

    public ImmutableArray<AssignedExecutor> Executors { get; private set; } = [];

    private ImmutableArray<int> SpoutTasks => [.. Executors.Where(e => e.Component == "spout").SelectMany(e => Enumerable.Range(e.FirstTask, e.LastTask - e.FirstTask + 1))];

    public void Die(string how)
    {
        if (!IsAlive) return;
        IsAlive = false;
        world.Died(this, how);
    }

    /// <summary>Once a second.</summary>
    public void Beat()
    {
        if (!IsAlive) return;
        if (world.IsSupervised(this)) _grace.Hear(world.Now);
        if (_grace.IsOver(world.Now) && world.Broken != BrokenRule.WorkersOutliveTheirSupervisor)
        {
            Die("its grace was over");
            return;
        }

        if (!Hangs) Work();
        world.After(1000, Beat, this);
    }

    public void Obey(MasterAction order)
    {
        if (!IsAlive || Hangs) return;
        switch (order)
        {
            case MasterAction.EndWorker: Die("it was told to end"); break;
            case MasterAction.FailPendingTrees fail when fail.Generation > Generation: IsActive = _ended = IsReady = false; break;
            case MasterAction.DeployWorker deploy: Deploy(deploy.Assignment); break;
            case MasterAction.SetSpouts set when set.Generation == Generation && IsReady: IsActive = set.Active; break;
            case MasterAction.DrainSpouts drain when drain.Generation == Generation && IsReady: (IsActive, _ended) = (false, true); break;
            case MasterAction.FinishWorker finish when finish.Generation == Generation && IsReady: Finish(); break;
        }
    }

    private void Deploy(Assignment assignment)
    {
        if (assignment.Generation < Generation) return;
        var own = assignment.Workers.Single(w => w.Number == key.Worker);
        if (own.Incarnation != key.Incarnation) throw new WrongException("A worker was given the part of another life.");
        if (assignment.Generation > Generation)
        {
            (Generation, HasRun, Executors) = (assignment.Generation, true, own.Executors);
            IsReady = IsActive = _ended = IsFinished = false;
            _progress = 0;
            _beatsLeft = world.Draw(3, 20);
            world.RunsUserCode(this);
        }

        if (world.Chance(20)) return;
        world.After(world.Draw(10, 300), () =>
        {
            if (Generation != assignment.Generation) return;
            IsReady = true;
            world.ToMaster(host, new MasterEvent.WorkerReady(key, Generation));
        }, this);
    }

    private void Finish()
    {
        world.EndsStream(this);
        if (!AreSpoutsEnded) throw new WrongException("A worker had to finish whose spouts had not ended.");
        world.After(world.Draw(10, 500), () => IsFinished = true, this);
    }

    private void Work()
    {
        if (IsActive)
        {
            _emitted += world.Draw(1, 5);
            _progress++;
            if (world.IsFinite(key.Topology) && --_beatsLeft <= 0) _ended = true;
        }

        world.ToMaster(host, new MasterEvent.WorkerAnnounced(key, host, process, $"ipc://{process.Pid}", IsReady ? Generation : 0));
        world.ToMaster(host, new MasterEvent.WorkerReported(key, new WorkerReport(Generation, ++_sequence, Counts.None.Add("emitted/spout", _emitted).Add("acked/spout", _emitted))
        {
            IsActive = IsActive,
            EndedTasks = AreSpoutsEnded ? SpoutTasks : [],
            Pending = IsReady && AreSpoutsEnded ? 0 : world.Draw(0, 2),
            PositionsCommitted = true,
            EndOfStreamPassed = IsFinished,
            IsCleanedUp = IsFinished,
            Progress = _progress,
        }));
    }
}
