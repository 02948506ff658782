namespace Topology.Cluster.Tests;

/// <summary>What every store does. An implementation says how it is opened.</summary>
public abstract class ClusterStoreTests
{
    protected IClusterStore Store { get; private set; } = null!;

    [SetUp]
    public void OpenStore() => Store = Open();

    [TearDown]
    public void CloseStore() => Store.Dispose();

    [Test]
    public void A_record_comes_back_as_it_was_also_after_a_restart()
    {
        var topology = Samples.Topology() with { Reason = "why \u0001 \U0001F600", FirstAckAt = Samples.Time.AddTicks(1), CompletedAt = Samples.Time.ToOffset(TimeSpan.FromHours(3)), Generation = 7, LastIncarnation = 9, IsWanted = true, Ending = Ending.Suspend, Deadline = Samples.Time.AddTicks(2), RebalanceTo = 3, RestartsWithoutProgress = 4 };
        var assignment = Samples.Assignment(topology.Id, 1, 8, (1, 2), (5, 5)) with { Pid = 17, ProcessStart = "boot/4711", Endpoint = "ipc:///run/w1", Restarts = 3, Generation = 6 };
        var commit = Samples.Commit(5, long.MinValue, 8, 7) with { Payload = Array.Empty<byte>() };
        Store.Write(writer =>
        {
            writer.AddTopology(topology);
            writer.PutAssignment(assignment);
            writer.PutSupervisor(Samples.Supervisor());
            writer.AddError(Samples.Error("broken"));
            Assert.That(writer.CommitPosition(commit), Is.EqualTo(CommitOutcome.Committed));
            Assert.That(writer.ReportCounters(topology.Id, 1, 8, Samples.Counters(("acked", long.MaxValue))));
        });
        var written = StoreDump.Of(Store);

        Reopen();

        Assert.That(StoreDump.Of(Store), Is.EqualTo(written));
        Assert.That(written, Does.Contain(StoreDump.Line(topology with { CompletedAt = Samples.Time })), "the same moment, said in UTC");
        Assert.That(written, Does.Contain(StoreDump.Line(assignment)));
        Assert.That(written, Does.Contain(StoreDump.Line(new PositionRecord(topology.Id, "lines", 5, 8, long.MinValue, Array.Empty<byte>()))));
        Assert.That(written, Does.Contain(StoreDump.Line(Samples.Supervisor())));
        Assert.That(written, Has.Count.EqualTo(6));
        Assert.That(Store.Read(reader => reader.Quarantined()), Is.Empty);
    }

    [Test]
    public void The_cluster_keeps_its_id()
    {
        var id = Store.ClusterId;

        Reopen();

        Assert.That(Store.ClusterId, Is.EqualTo(id).And.Not.Empty);
    }

    [Test]
    public void A_change_that_throws_changes_nothing()
    {
        Store.Write(Samples.Assigned());
        var before = StoreDump.Of(Store);

        Assert.That(
            () => Store.Write(writer =>
            {
                writer.RaiseGeneration(Samples.Id);
                writer.AddTopology(Samples.Topology("other"));
                throw new InvalidTimeZoneException("mine");
            }),
            Throws.InstanceOf<InvalidTimeZoneException>().With.Message.EqualTo("mine"));
        Assert.That(StoreDump.Of(Store), Is.EqualTo(before));
    }

    [Test]
    public void A_change_sees_its_own_writes_and_others_see_them_when_it_has_ended()
    {
        var seen = Store.Write(writer =>
        {
            writer.AddTopology(Samples.Topology());
            return (Inside: writer.Topologies().Length, Outside: Store.Read(reader => reader.Topologies().Length));
        });

        Assert.That(seen, Is.EqualTo((1, 0)));
        Assert.That(Store.Read(reader => reader.Topologies().Length), Is.EqualTo(1));
    }

    [Test]
    public void A_read_sees_one_moment()
    {
        Store.Write(Samples.Assigned());

        var (before, after) = Store.Read(reader =>
        {
            var first = reader.Topology(Samples.Id)!.Generation;
            Store.Write(writer => writer.RaiseGeneration(Samples.Id));
            return (first, reader.Topology(Samples.Id)!.Generation);
        });

        Assert.That((before, after), Is.EqualTo((0, 0)));
        Assert.That(Store.Read(reader => reader.Topology(Samples.Id)!.Generation), Is.EqualTo(1));
    }

    [Test]
    public async Task Changes_that_wait_together_are_all_made()
    {
        Store.Write(Samples.Assigned(tasks: 100));

        var changes = Enumerable.Range(1, 100).Select(task => Store.WriteAsync(writer => task % 10 == 0 ? throw new InvalidTimeZoneException() : writer.CommitPosition(Samples.Commit(task, task)))).ToArray();
        await Task.WhenAll(changes.Where((_, at) => at % 10 != 9));

        Assert.That(Store.Read(reader => reader.Positions(Samples.Id)).Select(position => position.Task), Is.EqualTo(Enumerable.Range(1, 100).Where(task => task % 10 != 0)));
        foreach (var change in changes.Where((_, at) => at % 10 == 9)) Assert.That(async () => await change, Throws.InstanceOf<InvalidTimeZoneException>());
    }

    [Test]
    public void A_closed_store_refuses()
    {
        Store.Dispose();

        Assert.That(() => Store.Write(writer => writer.AddTopology(Samples.Topology())), Throws.InstanceOf<ObjectDisposedException>());
        Assert.That(() => Store.Read(reader => reader.Topologies()), Throws.InstanceOf<ObjectDisposedException>());
    }

    [Test]
    public void Topologies_come_by_time_of_submission()
    {
        Store.Write(writer =>
        {
            writer.AddTopology(Samples.Topology("b") with { SubmittedAt = Samples.Time.AddTicks(1) });
            writer.AddTopology(Samples.Topology("c"));
            writer.AddTopology(Samples.Topology("a"));
        });

        Assert.That(Store.Read(reader => reader.Topologies()).Select(topology => topology.Id), Is.EqualTo(new[] { "a", "c", "b" }));
    }

    [Test]
    public void A_name_belongs_to_one_living_topology()
    {
        Store.Write(writer => writer.AddTopology(Samples.Topology("a", "words")));

        Assert.That(() => Store.Write(writer => writer.AddTopology(Samples.Topology("b", "words"))), Throws.InstanceOf<StoreConflictException>().With.Message.Contains("'a'"));
        Store.Write(writer => writer.UpdateTopology(writer.Topology("a")! with { State = TopologyState.Killed }));
        Store.Write(writer => writer.AddTopology(Samples.Topology("b", "words")));
        Assert.That(Store.Read(reader => reader.LivingTopology("words"))?.Id, Is.EqualTo("b"));
    }

    [Test]
    public void An_id_is_used_once()
    {
        Store.Write(writer => writer.AddTopology(Samples.Topology("a") with { State = TopologyState.Completed }));

        Assert.That(() => Store.Write(writer => writer.AddTopology(Samples.Topology("a", "other"))), Throws.InstanceOf<StoreConflictException>());
    }

    private static readonly Func<TopologyRecord, TopologyRecord>[] Forbidden =
    [
        topology => topology with { State = TopologyState.Active },
        topology => topology with { Generation = 4 },
        topology => topology with { LastIncarnation = 6 },
        topology => topology with { FirstAckAt = Samples.Time.AddSeconds(1) },
        topology => topology with { FirstAckAt = null },
        topology => topology with { Name = "other" },
        topology => topology with { Upload = new string('b', 64) },
        topology => topology with { Class = "Other" },
        topology => topology with { SubmittedAt = Samples.Time.AddSeconds(1) },
        topology => topology with { Id = "other" },
        topology => topology with { Plan = Samples.Plan with { Hash = 1 } },
    ];

    [Test]
    public void What_must_not_change_does_not([Range(0, 10)] int change)
    {
        var ended = Samples.Topology() with { State = TopologyState.Failed, Generation = 5, LastIncarnation = 7, FirstAckAt = Samples.Time };
        Store.Write(writer => writer.AddTopology(ended));

        Assert.That(() => Store.Write(writer => writer.UpdateTopology(Forbidden[change](ended))), Throws.InstanceOf<StoreConflictException>());
        Assert.That(StoreDump.Of(Store), Is.EqualTo(new[] { StoreDump.Line(ended) }));
    }

    [Test]
    public void Generations_and_incarnations_only_rise_while_a_topology_lives()
    {
        Store.Write(writer => writer.AddTopology(Samples.Topology()));
        Assert.That(Store.Write(writer => (writer.RaiseGeneration(Samples.Id), writer.RaiseGeneration(Samples.Id), writer.IssueIncarnation(Samples.Id))), Is.EqualTo((1L, 2L, 1L)));
        Reopen();
        Assert.That(Store.Write(writer => (writer.RaiseGeneration(Samples.Id), writer.IssueIncarnation(Samples.Id))), Is.EqualTo((3L, 2L)));

        Store.Write(writer => writer.UpdateTopology(writer.Topology(Samples.Id)! with { State = TopologyState.Killed }));

        Assert.That(() => Store.Write(writer => writer.RaiseGeneration(Samples.Id)), Throws.InstanceOf<StoreConflictException>());
        Assert.That(() => Store.Write(writer => writer.IssueIncarnation(Samples.Id)), Throws.InstanceOf<StoreConflictException>());
        Assert.That(() => Store.Write(writer => writer.RaiseGeneration("none")), Throws.InstanceOf<StoreConflictException>());
    }

    [Test]
    public void A_topology_goes_with_all_that_is_its()
    {
        foreach (var id in new[] { "a", "b" })
        {
            Store.Write(Samples.Assigned(id));
            Store.Write(writer =>
            {
                writer.CommitPosition(Samples.Commit(1, 1, topology: id));
                writer.AddError(Samples.Error("broken", topology: id));
                writer.ReportCounters(id, 1, 1, Samples.Counters(("acked", 1)));
            });
        }

        var all = StoreDump.Of(Store);

        Assert.That(Store.Write(writer => (writer.RemoveTopology("a"), writer.RemoveTopology("a"))), Is.EqualTo((true, false)));
        Assert.That(StoreDump.Of(Store), Is.EqualTo(all.Skip(5)));
        Assert.That(Store.Read(reader => (reader.Assignments("a").Length, reader.Positions("a").Length, reader.Errors("a").Length, reader.Counters("a").Length)), Is.EqualTo((0, 0, 0, 0)));
    }

    protected abstract IClusterStore Open();

    /// <summary>Opens again what a closed store has kept.</summary>
    protected abstract IClusterStore Open(IClusterStore closed);

    protected void Reopen()
    {
        Store.Dispose();
        Store = Open(Store);
    }
}
