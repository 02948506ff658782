using System.Text.Json;

namespace Topology.Web;

/// <summary>Why JSON was refused, for people who know the API and not the types of this program. Where the serializer's wording is not one that is known, it is passed on as it is.</summary>
internal static class JsonErrorText
{
    public static string Of(JsonException error)
    {
        if (Between(error.Message, "The JSON property '", "' could not be mapped to any .NET member") is { } unknown) return $"'{unknown}' is not known here.";
        if (Between(error.Message, "missing required properties including: ", ".") is { } missing) return $"It lacks {missing}.";
        if (Between(error.Message, "Duplicate property '", "' encountered") is { } twice) return $"'{twice}' is said twice.";
        var place = error.Path is { Length: > 1 } path ? $"{path}: " : "";
        if (error.Message.Contains("could not be converted to", StringComparison.Ordinal) || error.Message.Contains("doesn't allow null", StringComparison.Ordinal)) return $"{place}The value is not of the right kind.";
        var end = error.Message.IndexOf(" Path: ", StringComparison.Ordinal);
        return place + (end < 0 ? error.Message : error.Message[..end]);
    }

    private static string? Between(string text, string before, string after)
    {
        var start = text.IndexOf(before, StringComparison.Ordinal);
        if (start < 0) return null;
        start += before.Length;
        var end = text.IndexOf(after, start, StringComparison.Ordinal);
        return end < 0 ? null : text[start..end];
    }
}
