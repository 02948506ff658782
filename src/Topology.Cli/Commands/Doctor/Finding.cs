using System.Text.Json.Serialization;
using Topology.Cluster;

namespace Topology.Cli;

/// <summary>What a look at one thing found; as JSON with its names in camel case.</summary>
/// <param name="Check">What was looked at.</param>
/// <param name="Kind">What it means.</param>
/// <param name="Text">What was found.</param>
/// <param name="Next">What to do about it; null for nothing.</param>
internal sealed record Finding(string Check, FindingKind Kind, string Text, string? Next = null)
{
    /// <summary>Mends it and says what it did, or null for what was found; null itself where a person has to.</summary>
    [JsonIgnore]
    public Func<string?>? Fix { get; init; }

    /// <summary>The finding after it was mended, or why it was not.</summary>
    public Finding Mended()
    {
        if (Fix is null) return this;
        try
        {
            return this with { Text = Fix() ?? Text, Kind = FindingKind.Fixed, Next = null, Fix = null };
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or StoreException)
        {
            return this with { Text = $"{Text}; it cannot be mended: {exception.Message}", Fix = null };
        }
    }
}
