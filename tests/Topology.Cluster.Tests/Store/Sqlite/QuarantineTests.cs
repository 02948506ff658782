namespace Topology.Cluster.Tests;

/// <summary>One record that cannot be read keeps nobody from the others.</summary>
public sealed class QuarantineTests : SqliteFixture
{
    [Test]
    public void Settings_that_are_no_JSON_quarantine_their_topology_alone()
    {
        Fill();
        Spoil("t2", 4, "{\"password\": hunter2");

        Use(store => store.Read(reader =>
        {
            Assert.That(reader.Topologies().Select(topology => topology.Id), Is.EqualTo(new[] { "t1", "t3" }));
            Assert.That(reader.Topology("t2"), Is.Null);
            var quarantined = reader.Quarantined().Single();
            Assert.That((quarantined.Kind, quarantined.Key), Is.EqualTo(("topologies", "t2")));
            Assert.That(quarantined.Reason, Does.Contain("JSON").And.Not.Contain("hunter2"));
            return true;
        }));
    }

    [Test]
    public void A_quarantined_topology_refuses_changes_until_it_is_removed()
    {
        Fill();
        Spoil("t2", 7, "active");
        Meddle(connection => SqliteConnections.Run(connection, "UPDATE topologies SET workers = 77 WHERE id = 't2'"));

        Use(store =>
        {
            Assert.That(store.Read(reader => reader.Quarantined()).Single().Reason, Does.Contain("sum differs"));
            Assert.That(() => store.Write(writer => writer.RaiseGeneration("t2")), Throws.InstanceOf<StoreConflictException>().With.Message.Contains("quarantined"));
            Assert.That(() => store.Write(writer => writer.AddTopology(Samples.Topology("t2"))), Throws.InstanceOf<StoreConflictException>());
            Assert.That(store.Write(writer => writer.CommitPosition(Samples.Commit(1, 100, topology: "t2"))), Is.EqualTo(CommitOutcome.UnknownTopology));
            Assert.That(store.Write(writer => writer.RemoveTopology("t2")), Is.True);
            Assert.That(store.Read(reader => reader.Quarantined()), Is.Empty);
        });
    }

    [Test]
    public void A_quarantined_position_is_not_overwritten_by_one_that_may_be_earlier()
    {
        Fill();
        Meddle(connection => SqliteConnections.Run(connection, "UPDATE positions SET sequence = 0 WHERE topology = 't1' AND task = 3"));

        Use(store =>
        {
            Assert.That(() => store.Read(reader => reader.Position("t1", "lines", 3)), Throws.InstanceOf<StoreException>().With.Message.Contains("lines[3]"));
            Assert.That(() => WorkerPositions.Read(store, "t1", "lines", 3), Throws.InstanceOf<StoreException>(), "null would be a new beginning");
            Assert.That(async () => await WorkerPositions.CommitAsync(store, Samples.Commit(3, 100, topology: "t1")), Throws.InstanceOf<StoreException>());
            Assert.That(store.Write(writer => writer.CommitPosition(Samples.Commit(3, 1, topology: "t1"))), Is.EqualTo(CommitOutcome.Quarantined));
            Assert.That(store.Write(writer => writer.CommitPosition(Samples.Commit(4, 4, topology: "t1"))), Is.EqualTo(CommitOutcome.Committed));
        });
    }

    [Test]
    public void A_quarantined_fence_keeps_everybody_out()
    {
        Fill();
        Meddle(connection => SqliteConnections.Run(connection, "UPDATE fences SET incarnation = 3 WHERE topology = 't1' AND task = 3"));

        Use(store => Assert.That(store.Write(writer => writer.CommitPosition(Samples.Commit(3, 100, topology: "t1"))), Is.EqualTo(CommitOutcome.OldIncarnation)));
    }

    [TestCase(TopologyState.Active, 1)]
    [TestCase(TopologyState.Inactive, 1)]
    [TestCase(TopologyState.Draining, 2)]
    public void A_topology_with_a_quarantined_worker_fails_and_goes_on_in_no_part(TopologyState state, int damaged)
    {
        Use(store => store.Write(writer =>
        {
            foreach (var id in new[] { "t1", "t2" })
            {
                writer.AddTopology(Samples.Topology(id) with { LastIncarnation = 2, State = state });
                writer.PutAssignment(Samples.Assignment(id, 0, 1, (1, 4), (5, 8)));
                writer.PutAssignment(Samples.Assignment(id, 1, 2, (9, 11)));
            }

            writer.AddTopology(Samples.Topology("t3"));
        }));
        Meddle(connection => SqliteConnections.Run(connection, $"UPDATE assignments SET supervisor = 'else' WHERE topology = 't1' AND worker < {damaged}"));

        Use(store =>
        {
            store.Write(writer => MasterRecords.FailDamaged(writer, Samples.Time));

            var images = store.Read(MasterRecords.Load);
            Assert.That(images.Select(image => image.Entry.State), Is.EqualTo(new[] { TopologyState.Failed, state, TopologyState.Submitted }));
            Assert.That(images[0].Entry.CompletedAt, Is.EqualTo(Samples.Time));
        });
    }

    /// <summary>Writes a value with a sum that fits, as a faulty version of the product would.</summary>
    private void Spoil(string topology, int column, string value)
    {
        using var rows = SqliteFile.Open(DatabaseFile, new SqliteStoreOptions());
        var values = rows.Find(StoreTable.Topologies, topology)!.Values;
        values[column] = value;
        rows.Put(StoreTable.Topologies, values);
        SqliteTotals.Keep(rows);
    }
}
