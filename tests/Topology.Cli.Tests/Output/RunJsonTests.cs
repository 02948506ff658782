using System.Collections.Immutable;
using System.Text.Json;
using Topology.Engine;

namespace Topology.Cli.Tests;

public sealed class RunJsonTests
{
    [Test]
    public void Names_are_stable()
    {
        var result = Sample.Result(Sample.Plan, RunState.Completed) with { Errors = [Sample.Error(1)] };
        using var document = JsonDocument.Parse(RunJson.Of("lines", result));
        var root = document.RootElement;

        Assert.That(Names(root), Is.EqualTo(["name", "state", "durationSeconds", "lossless", "dropped", "failure", "components", "errors"]));
        Assert.That(Names(root.GetProperty("components")[0]), Is.EqualTo(
        [
            "id", "kind", "executors", "tasks", "emitted", "transferred", "executed", "acked", "failed", "failedByReason", "errors", "deadLetters", "lost",
            "executeP50Us", "executeP99Us", "completeP50Us", "completeP99Us",
        ]));
        Assert.That(Names(root.GetProperty("errors")[0]), Is.EqualTo(["time", "component", "task", "call", "tuple", "type", "message"]));
    }

    [Test]
    public void Values_are_those_of_the_result()
    {
        var result = Sample.Result(Sample.Plan, RunState.Failed, c => c with
        {
            Emitted = 1,
            Transferred = 2,
            Executed = 3,
            Acked = 4,
            Failed = 5,
            FailedByReason = ImmutableSortedDictionary<FailKind, long>.Empty.Add(FailKind.BoltError, 5),
            Errors = 6,
            DeadLetters = 7,
            Lost = 8,
            ExecuteLatency = new LatencySummary(9, 1, 10.5, 11, 12),
            CompleteLatency = new LatencySummary(9, 1, 13, 14.12345, 15),
        }) with
        { Dropped = 16 };
        using var document = JsonDocument.Parse(RunJson.Of("lines", result));
        var root = document.RootElement;
        var component = root.GetProperty("components")[1];

        Assert.That(root.GetProperty("state").GetString(), Is.EqualTo("failed"));
        Assert.That(root.GetProperty("durationSeconds").GetDouble(), Is.EqualTo(2));
        Assert.That(root.GetProperty("lossless").GetBoolean(), Is.False);
        Assert.That(root.GetProperty("dropped").GetInt64(), Is.EqualTo(16));
        Assert.That(root.GetProperty("failure").GetString(), Is.EqualTo("TimeoutException: no answer"));
        Assert.That(component.GetProperty("kind").GetString(), Is.EqualTo("spout"));
        Assert.That(component.GetProperty("failedByReason").GetProperty("boltError").GetInt64(), Is.EqualTo(5));
        string[] counters = ["emitted", "transferred", "executed", "acked", "failed", "errors", "deadLetters", "lost"];
        Assert.That(counters.Select(n => component.GetProperty(n).GetInt64()), Is.EqualTo(Enumerable.Range(1, 8)));
        string[] latencies = ["executeP50Us", "executeP99Us", "completeP50Us", "completeP99Us"];
        Assert.That(latencies.Select(n => component.GetProperty(n).GetDouble()), Is.EqualTo([10.5, 11, 13, 14.123]));
    }

    private static IEnumerable<string> Names(JsonElement element) => element.EnumerateObject().Select(p => p.Name);
}
