using System.Text.Json;

namespace Topology.Cluster.Tests;

public sealed class DescriptionsTests
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    [Test]
    public void Counters_and_latencies_are_added_up_over_workers_and_dead_incarnations()
    {
        var master = new MasterDriver().Activated();
        master.Report(1, r => Counted(r, 10));
        master.Die(1);
        master.Settle();
        master.Report(0, r => Counted(r, 3));
        master.Report(1, r => Counted(r, 4));
        var spout = Descriptions.Of(master.Topology).Components[0];

        Assert.That((spout.Kind, spout.Executors, spout.Tasks), Is.EqualTo(("spout", 2, 2)));
        Assert.That((spout.Emitted, spout.Failed, spout.QueueDepth), Is.EqualTo((17, 17, 7)));
        Assert.That(spout.FailedByReason, Is.EqualTo(new Dictionary<string, long> { ["workerLost"] = 17 }));
        Assert.That((spout.CompleteP50Us, spout.CompleteP99Us), Is.EqualTo((0.003, 0.01)), "Of 17 the ninth has 3 ns (or 4), the last 10.");
        Assert.That(spout.Capacity, Is.EqualTo(0.25));
    }

    [Test]
    public void The_json_has_the_documented_names()
    {
        var master = new MasterDriver().Activated();
        master.Report(0, r => Counted(r, 1) with { Links = [new LinkReport(1, 2, 3, 4)], RssBytes = 5, Uptime = TimeSpan.FromSeconds(6) });
        var json = JsonSerializer.SerializeToElement(Descriptions.Of(master.Topology), Json);

        Assert.That(Names(json), Is.SupersetOf(new[] { "name", "id", "state", "submittedAt", "firstAckAt", "completedAt", "generation", "components", "workers", "links" }));
        Assert.That(Names(json.GetProperty("components")[0]), Is.EqualTo(new[]
        {
            "id", "kind", "executors", "tasks", "emitted", "transferred", "executed", "acked", "failed", "failedByReason", "executeP50Us", "executeP99Us", "completeP50Us", "completeP99Us", "capacity", "queueDepth",
        }));
        Assert.That(json.GetProperty("workers")[0].GetRawText(), Is.EqualTo("""{"id":0,"pid":101,"host":"local","endpoint":"ipc://1","restarts":0,"rssBytes":5,"uptimeSeconds":6}"""));
        Assert.That(json.GetProperty("links")[0].GetRawText(), Is.EqualTo("""{"from":0,"to":1,"bytes":2,"frames":3,"reconnects":4}"""));
        Assert.That(json.GetProperty("state").GetString(), Is.EqualTo("active"));
    }

    private static IEnumerable<string> Names(JsonElement element) => element.EnumerateObject().Select(p => p.Name);

    private static WorkerReport Counted(WorkerReport report, int count) => report with
    {
        Counters = Counts.None
            .Add(CounterName.Of(CounterName.Emitted, "c0"), count)
            .Add(CounterName.Of(CounterName.Failed, "c0"), count)
            .Add(CounterName.Of(FailKind.WorkerLost, "c0"), count)
            .Add(CounterName.Of(CounterName.Complete, count == 10 ? 3 : 10, "c0"), count)
            .Add(CounterName.Of(CounterName.Busy, "c0"), 10 * count)
            .Add(CounterName.Of(CounterName.Waiting, "c0"), 30 * count),
        QueueDepths = System.Collections.Immutable.ImmutableSortedDictionary<string, long>.Empty.Add("c0", count),
    };
}
