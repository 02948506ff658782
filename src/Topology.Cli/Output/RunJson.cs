using System.Text.Json;
using Topology.Engine;

namespace Topology.Cli;

/// <summary>What a run did, for programs. Names stay as they are; new ones may come.</summary>
internal static class RunJson
{
    public static string Of(string name, RunResult result) => JsonDocumentText.Of(json =>
    {
        json.WriteString("name", name);
        json.WriteString("state", result.State.ToString().ToLowerInvariant());
        json.WriteNumber("durationSeconds", Math.Round(result.Metrics.Uptime.TotalSeconds, 6));
        json.WriteBoolean("lossless", result.IsLossless);
        json.WriteNumber("dropped", result.Dropped);
        json.WriteString("failure", result.Failure is { } failure ? $"{failure.GetType().Name}: {failure.Message}" : null);
        json.WriteStartArray("components");
        foreach (var component in result.Metrics.Components) Write(json, component);
        json.WriteEndArray();
        json.WriteStartArray("errors");
        foreach (var error in result.Errors) Write(json, error);
        json.WriteEndArray();
    });

    private static void Write(Utf8JsonWriter json, ComponentMetrics component)
    {
        json.WriteStartObject();
        json.WriteString("id", component.Id);
        json.WriteString("kind", component.Kind.ToString().ToLowerInvariant());
        json.WriteNumber("executors", component.Executors);
        json.WriteNumber("tasks", component.Tasks);
        json.WriteNumber("emitted", component.Emitted);
        json.WriteNumber("transferred", component.Transferred);
        json.WriteNumber("executed", component.Executed);
        json.WriteNumber("acked", component.Acked);
        json.WriteNumber("failed", component.Failed);
        json.WriteStartObject("failedByReason");
        foreach (var (reason, count) in component.FailedByReason) json.WriteNumber(FailNames.Property(reason), count);
        json.WriteEndObject();
        json.WriteNumber("errors", component.Errors);
        json.WriteNumber("deadLetters", component.DeadLetters);
        json.WriteNumber("lost", component.Lost);
        WriteMicroseconds(json, "executeP50Us", component.ExecuteLatency.P50Microseconds);
        WriteMicroseconds(json, "executeP99Us", component.ExecuteLatency.P99Microseconds);
        WriteMicroseconds(json, "completeP50Us", component.CompleteLatency.P50Microseconds);
        WriteMicroseconds(json, "completeP99Us", component.CompleteLatency.P99Microseconds);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, ErrorReport error)
    {
        json.WriteStartObject();
        json.WriteString("time", error.Time);
        json.WriteString("component", error.Component);
        json.WriteNumber("task", error.Task);
        json.WriteString("call", error.Call);
        json.WriteString("tuple", error.Tuple);
        json.WriteString("type", error.Error.GetType().FullName);
        json.WriteString("message", error.Error.Message);
        json.WriteEndObject();
    }

    private static void WriteMicroseconds(Utf8JsonWriter json, string name, double value) => json.WriteNumber(name, Math.Round(value, 3));
}
