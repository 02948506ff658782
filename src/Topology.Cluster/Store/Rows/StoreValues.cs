using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;

namespace Topology.Cluster;

/// <summary>How values are written that a row does not hold by themselves.</summary>
internal static class StoreValues
{
    /// <summary>ISO 8601 in UTC with seven digits of a second, so that no part is lost and people can read it.</summary>
    public static string Of(DateTimeOffset time) => time.UtcDateTime.ToString("O", CultureInfo.InvariantCulture);

    public static string? Of(DateTimeOffset? time) => time is { } t ? Of(t) : null;

    public static string Of<T>(T value) => JsonSerializer.Serialize(value);

    public static DateTimeOffset ParseTime(string text) =>
        DateTimeOffset.ParseExact(text, "O", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal);

    public static T Parse<T>(string json) => JsonSerializer.Deserialize<T>(json) ?? throw new FormatException("The text says null.");

    public static ImmutableSortedDictionary<string, T> ParseDictionary<T>(string json) =>
        Parse<Dictionary<string, T>>(json).ToImmutableSortedDictionary(StringComparer.Ordinal);
}
