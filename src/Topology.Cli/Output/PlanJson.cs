using System.Globalization;
using System.Text.Json;

namespace Topology.Cli;

/// <summary>What validation found, for programs. Names stay as they are; new ones may come.</summary>
internal static class PlanJson
{
    public static string Of(TopologyPlan plan) => JsonDocumentText.Of(json =>
    {
        json.WriteBoolean("valid", true);
        json.WriteString("name", plan.Name);
        json.WriteString("hash", plan.Hash.ToString("x16", CultureInfo.InvariantCulture));
        json.WriteStartArray("components");
        foreach (var component in plan.Components) Write(json, component);
        json.WriteEndArray();
        json.WriteStrings("warnings", plan.Warnings);
        json.WriteStrings("errors", []);
    });

    public static string OfErrors(IEnumerable<string> errors) => JsonDocumentText.Of(json =>
    {
        json.WriteBoolean("valid", false);
        json.WriteStrings("errors", errors);
    });

    private static void Write(Utf8JsonWriter json, ComponentPlan component)
    {
        json.WriteStartObject();
        json.WriteString("id", component.Id);
        json.WriteString("kind", component.Kind.ToString().ToLowerInvariant());
        json.WriteNumber("executors", component.Executors);
        json.WriteNumber("tasks", component.Tasks);
        json.WriteNumber("firstTask", component.FirstTask);
        json.WriteStartArray("streams");
        foreach (var stream in component.Streams)
        {
            json.WriteStartObject();
            json.WriteString("name", stream.Name);
            json.WriteStrings("fields", stream.Fields);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("inputs");
        foreach (var input in component.Inputs)
        {
            json.WriteStartObject();
            json.WriteString("component", input.Component);
            json.WriteString("stream", input.Stream);
            json.WriteString("grouping", input.Grouping.ToString());
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
