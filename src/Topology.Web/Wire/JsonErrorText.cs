using System.Text.Json;
using System.Text.RegularExpressions;

namespace Topology.Web;

/// <summary>Why JSON was refused, for people who know the API and not the types of this program. Where the serializer's wording is not one that is known, it is passed on as it is.</summary>
internal static partial class JsonErrorText
{
    public static string Of(JsonException error)
    {
        if (Unknown().Match(error.Message) is { Success: true } unknown) return $"'{unknown.Groups["name"].Value}' is not known here.";
        if (Missing().Match(error.Message) is { Success: true } missing) return $"It lacks {missing.Groups["names"].Value}.";
        if (Twice().Match(error.Message) is { Success: true } twice) return $"'{twice.Groups["name"].Value}' is said twice.";
        var place = error.Path is { Length: > 1 } path ? $"{path}: " : "";
        if (error.Message.Contains("could not be converted to", StringComparison.Ordinal) || error.Message.Contains("doesn't allow null", StringComparison.Ordinal)) return $"{place}The value is not of the right kind.";
        var end = error.Message.IndexOf(" Path: ", StringComparison.Ordinal);
        return place + (end < 0 ? error.Message : error.Message[..end]);
    }

    [GeneratedRegex("^The JSON property '(?<name>.*)' could not be mapped to any \\.NET member")]
    private static partial Regex Unknown();

    [GeneratedRegex("missing required properties including: (?<names>.*?)\\.( Path: |$)")]
    private static partial Regex Missing();

    [GeneratedRegex("^Duplicate property '(?<name>.*)' encountered")]
    private static partial Regex Twice();
}
