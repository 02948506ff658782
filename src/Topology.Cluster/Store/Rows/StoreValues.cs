using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Topology.Cluster;

/// <summary>How values are written that a row does not hold by themselves.</summary>
internal static class StoreValues
{
    /// <summary>Members of enums by their names, so that their order means nothing on disk; what follows from other values is not written.</summary>
    private static readonly JsonSerializerOptions Json = new() { IgnoreReadOnlyProperties = true, Converters = { new JsonStringEnumConverter(allowIntegerValues: false) } };

    /// <summary>ISO 8601 in UTC with seven digits of a second, so that no part is lost and people can read it.</summary>
    public static string Of(DateTimeOffset time) => time.UtcDateTime.ToString("O", CultureInfo.InvariantCulture);

    public static string? Of(DateTimeOffset? time) => time is { } t ? Of(t) : null;

    public static string Of<T>(T value) => JsonSerializer.Serialize(value, Json);

    public static DateTimeOffset ParseTime(string text) =>
        DateTimeOffset.ParseExact(text, "O", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal);

    public static T Parse<T>(string json) => JsonSerializer.Deserialize<T>(json, Json) ?? throw new FormatException("The text says null.");

    public static ImmutableSortedDictionary<string, T> ParseDictionary<T>(string json) =>
        Parse<Dictionary<string, T>>(json).ToImmutableSortedDictionary(StringComparer.Ordinal);
}
