using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Topology.Bench;

/// <summary>The line that a scenario prints: what every scenario has, in one order, then its own figures.</summary>
internal static class ReportLine
{
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The line, without its end.</summary>
    public static string Of(IScenario scenario, RoundResult result)
    {
        var line = new JsonObject
        {
            ["scenario"] = scenario.Name,
            ["value"] = Rounded(result.Value),
            ["unit"] = scenario.Unit,
            ["baselineName"] = scenario.BaselineName,
            ["baseline"] = Rounded(result.Baseline),
            ["ratio"] = Rounded(result.Ratio),
            ["target"] = scenario.Goal.Ratio,
            ["targetIs"] = scenario.Goal.Ratio is null ? null : scenario.Goal.RatioIsLimit ? "at most" : "at least",
            ["met"] = scenario.Goal.IsMetBy(result),
        };
        foreach (var (name, value) in result.Figures) line[name] = Rounded(value);
        if (scenario.Goal.Limits.Count > 0)
            line["limits"] = new JsonObject(scenario.Goal.Limits.Select(limit => KeyValuePair.Create(limit.Key, (JsonNode?)limit.Value)));
        return line.ToJsonString(Plain);
    }

    // Four digits after the point for small numbers, none for large: no reading here is better than that.
    private static double? Rounded(double? value) => value is { } number ? Math.Round(number, Math.Abs(number) >= 1_000 ? 0 : 4) : null;
}
