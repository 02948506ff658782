using System.Collections.Immutable;
using System.Text.Json;

namespace Topology.Cluster.Tests;

/// <summary>What a master has kept comes back as it was, whatever has happened.</summary>
public sealed class MasterRecordsTests
{
    [Test]
    public void Memory_gives_back_what_any_run_has_kept()
    {
        var seen = new HashSet<string>();
        for (var seed = 0; seed < 30; seed++) Check(seed, 5, new MemoryClusterStore("test"), closed => new MemoryClusterStore((MemoryClusterStore)closed), seen);

        Assert.That(seen, Is.SupersetOf((string[])[.. Enum.GetNames<TopologyState>(), "daemon crashed", "topology forgotten", "rebalance accepted"]), "What does not happen is not tested.");
    }

    [Test]
    public void Sqlite_gives_back_what_any_run_has_kept_also_after_it_was_closed([Range(0, 2)] int seed)
    {
        using var temporary = new TemporaryDirectory();
        using var directory = DataDirectory.Open(temporary.Root);
        Check(seed, 100, SqliteClusterStore.Open(directory), _ => SqliteClusterStore.Open(directory), []);
    }

    [Test]
    public void What_the_store_cannot_keep_is_not_accepted()
    {
        var master = new MasterDriver();
        var spec = MasterDriver.Spec(MasterDriver.Plan, 2);
        TopologySpec[] unfit =
        [
            spec with { Id = "" }, spec with { Name = new string('n', 201) }, spec with { Upload = "../etc" }, spec with { Class = "" }, spec with { Settings = Samples.Settings(("a", "\0")) },
            spec with { Plan = spec.Plan with { Components = [spec.Plan.Components[0] with { Id = "\n" }] } },
        ];

        foreach (var wrong in unfit)
        {
            var outcome = master.Ask(new TopologyCommand.Submit(wrong));
            Assert.That(outcome.Verdict, Is.EqualTo(CommandVerdict.Invalid), $"{wrong}");
            Assert.That(outcome.Message, Is.Not.Empty.And.Not.Contain("Parameter"));
        }
    }

    /// <summary>Keeps all that a run keeps in a store as well, closing it now and then, and compares.</summary>
    /// <param name="seed">Which run.</param>
    /// <param name="every">After how many steps to compare.</param>
    /// <param name="store">The store.</param>
    /// <param name="reopen">Opens it again when it was closed.</param>
    /// <param name="seen">What has happened.</param>
    private static void Check(int seed, int every, IClusterStore store, Func<IClusterStore, IClusterStore> reopen, HashSet<string> seen)
    {
        SimulatedWorld? world = null;
        var waiting = new List<Task>();
        var steps = 0;
        try
        {
            world = new SimulatedWorld(seed) { Kept = Keep };
            world.Run();
            Compare();
            seen.UnionWith(world.Seen.Keys);
        }
        finally
        {
            store.Dispose();
        }

        void Keep(ImmutableArray<StoreChange> changes)
        {
            if (changes.IsEmpty) return;
            waiting.Add(store.WriteAsync(writer =>
            {
                foreach (var change in changes) MasterRecords.Apply(writer, change);
            }));
            if (++steps % every == 0) Compare();
        }

        void Compare()
        {
            Task.WaitAll(waiting);
            waiting.Clear();
            if (steps % (10 * every) == 0)
            {
                store.Dispose();
                store = reopen(store);
            }

            Assert.That(store.Read(MasterRecords.Load).Select(Text).Order(), Is.EqualTo(world!.Store.Images.Select(Text).Order()), $"Seed {seed}, step {steps}");
            Assert.That(store.Read(reader => reader.Quarantined()), Is.Empty);
        }
    }

    private static string Text(TopologyImage image) => JsonSerializer.Serialize(image with { Workers = [.. image.Workers.OrderBy(worker => worker.Number)] });
}
