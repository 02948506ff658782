namespace Topology.Cluster.Tests;

/// <summary>What is refused of positions and assignments, where rows are in memory: the rules are the same for all stores.</summary>
public sealed class StoredPositionTests
{
    private MemoryClusterStore _store = null!;

    [SetUp]
    public void Open()
    {
        _store = new MemoryClusterStore("test");
        _store.Write(Samples.Assigned(tasks: 2));
    }

    [TearDown]
    public void Close() => _store.Dispose();

    [Test]
    public void A_position_never_moves_backwards()
    {
        Assert.That(Commit(Samples.Commit(1, 10)), Is.EqualTo(CommitOutcome.Committed));
        Assert.That(Commit(Samples.Commit(1, 9)), Is.EqualTo(CommitOutcome.Backwards));
        Assert.That(Position(1)?.Sequence, Is.EqualTo(10));
        Assert.That(Commit(Samples.Commit(1, 10) with { Payload = new byte[] { 1, 2 } }), Is.EqualTo(CommitOutcome.Committed));
        Assert.That(Position(1)?.Payload.ToArray(), Is.EqualTo(new byte[] { 1, 2 }), "the same position may say more");
    }

    [Test]
    public void A_replaced_incarnation_is_refused_from_the_assignment_on_and_not_from_the_first_commit_on()
    {
        Commit(Samples.Commit(1, 10));
        _store.Write(writer => writer.PutAssignment(Samples.Assignment(Samples.Id, 2, writer.IssueIncarnation(Samples.Id), (1, 1))));

        Assert.That(Commit(Samples.Commit(1, 11)), Is.EqualTo(CommitOutcome.OldIncarnation));
        Assert.That(Commit(Samples.Commit(2, 11)), Is.EqualTo(CommitOutcome.Committed), "its other task is still its own");
        Assert.That(Commit(Samples.Commit(1, 11, incarnation: 2)), Is.EqualTo(CommitOutcome.Committed));
        Assert.That(Position(1)?.Incarnation, Is.EqualTo(2));
    }

    [Test]
    public void A_fence_outlives_the_assignment()
    {
        _store.Write(writer =>
        {
            writer.PutAssignment(Samples.Assignment(Samples.Id, 1, writer.IssueIncarnation(Samples.Id), (1, 2)));
            writer.RemoveAssignment(Samples.Id, 1, 2);
        });

        Assert.That(Commit(Samples.Commit(1, 1, incarnation: 1)), Is.EqualTo(CommitOutcome.OldIncarnation));
    }

    [TestCase(-1)]
    [TestCase(1)]
    public void Another_generation_is_refused(int off)
    {
        var generation = _store.Write(writer => writer.RaiseGeneration(Samples.Id));

        Assert.That(Commit(Samples.Commit(1, 1, generation: generation + off)), Is.EqualTo(CommitOutcome.WrongGeneration));
        Assert.That(Position(1), Is.Null);
    }

    [Test]
    public void Who_was_not_assigned_a_task_commits_nothing_of_it()
    {
        Assert.That(Commit(Samples.Commit(3, 1)), Is.EqualTo(CommitOutcome.NotAssigned));
        Assert.That(Commit(Samples.Commit(1, 1, incarnation: 2)), Is.EqualTo(CommitOutcome.NotAssigned), "an incarnation that was never issued");
        Assert.That(Commit(Samples.Commit(3, 1, incarnation: 0)), Is.EqualTo(CommitOutcome.NotAssigned));
        Commit(Samples.Commit(1, 1));
        Assert.That(Commit(Samples.Commit(1, 2) with { Component = "other" }), Is.EqualTo(CommitOutcome.NotAssigned), "a task is of one component");
    }

    [Test]
    public void An_ended_or_unknown_topology_takes_no_position()
    {
        Assert.That(Commit(Samples.Commit(1, 1, topology: "none")), Is.EqualTo(CommitOutcome.UnknownTopology));
        _store.Write(writer => writer.UpdateTopology(writer.Topology(Samples.Id)! with { State = TopologyState.Completed }));

        Assert.That(Commit(Samples.Commit(1, 1)), Is.EqualTo(CommitOutcome.Ended));
    }

    [Test]
    public void A_payload_has_a_limit()
    {
        Assert.That(Commit(Samples.Commit(1, 1) with { Payload = new byte[65_536] }), Is.EqualTo(CommitOutcome.Committed));
        Assert.That(() => Commit(Samples.Commit(1, 2) with { Payload = new byte[65_537] }), Throws.ArgumentException.With.Message.Contains("65536").And.Message.Contains("lines[1]"));
    }

    [Test]
    public void An_assignment_of_a_life_that_is_over_or_was_not_issued_is_refused()
    {
        _store.Write(writer => writer.PutAssignment(Samples.Assignment(Samples.Id, 2, writer.IssueIncarnation(Samples.Id), (2, 2))));

        Assert.That(() => Assign(1, 3, (1, 1)), Throws.InstanceOf<StoreConflictException>().With.Message.Contains("not issued"));
        Assert.That(() => Assign(2, 1, (3, 3)), Throws.InstanceOf<StoreConflictException>().With.Message.Contains("Worker 2"));
        Assert.That(() => Assign(3, 1, (2, 2)), Throws.InstanceOf<StoreConflictException>().With.Message.Contains("Task 2"));
        Assert.That(() => Assign(1, 1, (1, 2), (2, 3)), Throws.ArgumentException.With.Message.Contains("Task 2"));
        Assert.That(() => Assign(1, 1, (1, int.MaxValue)), Throws.ArgumentException.With.Message.Contains("100000"));
        Assert.That(_store.Read(reader => reader.Assignments(Samples.Id)).Select(assignment => assignment.Incarnation), Is.EqualTo(new[] { 1, 2 }));
    }

    [Test]
    public void What_was_begun_before_a_topology_ended_may_still_say_its_process_and_nothing_is_begun_after()
    {
        _store.Write(writer => writer.UpdateTopology(writer.Topology(Samples.Id)! with { State = TopologyState.Killed, LastIncarnation = 2 }));

        _store.Write(writer => writer.PutAssignment(writer.Assignments(Samples.Id).Single() with { Pid = 17, ProcessStart = "boot" }));

        Assert.That(_store.Read(reader => reader.Assignments(Samples.Id)).Single().Pid, Is.EqualTo(17));
        Assert.That(() => Assign(1, 2, (1, 2)), Throws.InstanceOf<StoreConflictException>().With.Message.Contains("killed"));
        Assert.That(() => Assign(2, 1, (1, 1)), Throws.InstanceOf<StoreConflictException>().With.Message.Contains("killed"));
    }

    [Test]
    public void Counters_never_fall_and_a_dead_incarnation_counts_once()
    {
        Assert.That(Report(1, ("acked", 10), ("failed", 1)), Is.True);
        Report(1, ("acked", 7));
        Assert.That(Total("acked"), Is.EqualTo(10));

        _store.Write(writer => writer.PutAssignment(Samples.Assignment(Samples.Id, 1, writer.IssueIncarnation(Samples.Id), (1, 2))));
        Assert.That(Report(1, ("acked", 11)), Is.False, "its last report is in the sum already");
        Report(2, ("acked", 5));
        Assert.That((Total("acked"), Total("failed")), Is.EqualTo((15, 1)));

        Assert.That(_store.Write(writer => (writer.RemoveAssignment(Samples.Id, 1, 1), writer.RemoveAssignment(Samples.Id, 1, 2), writer.RemoveAssignment(Samples.Id, 1, 2))), Is.EqualTo((false, true, false)));
        Assert.That((Total("acked"), Total("failed")), Is.EqualTo((15, 1)));
        Assert.That(_store.Read(reader => reader.Counters(Samples.Id)).Select(counters => counters.Worker), Is.EqualTo(new int?[] { null }), "one row however many lives there were");
    }

    private CommitOutcome Commit(PositionCommit commit) => _store.Write(writer => writer.CommitPosition(commit));

    private PositionRecord? Position(int task) => _store.Read(reader => reader.Position(Samples.Id, "lines", task));

    private void Assign(int worker, long incarnation, params (int, int)[] executors) => _store.Write(writer => writer.PutAssignment(Samples.Assignment(Samples.Id, worker, incarnation, executors)));

    private bool Report(long incarnation, params (string, long)[] counters) => _store.Write(writer => writer.ReportCounters(Samples.Id, 1, incarnation, Samples.Counters(counters)));

    private long Total(string name) => _store.Read(reader => reader.Counters(Samples.Id)).Sum(counters => counters.Counters.GetValueOrDefault(name));
}
