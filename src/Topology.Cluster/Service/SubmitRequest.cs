using System.Collections.Immutable;

namespace Topology.Cluster;

/// <summary>What is to be run.</summary>
/// <param name="Upload">The upload that holds the code.</param>
public sealed record SubmitRequest(UploadId Upload)
{
    /// <summary>The class that builds the topology, by its full name, or a name that means one alone; null where the upload has only one.</summary>
    public string? Class { get; init; }

    /// <summary>What people call it: 1 to 200 characters, none of them a control character, and neither <c>.</c> nor <c>..</c>, which no path of a URL can hold. Null for the name that the topology gives itself.</summary>
    public string? Name { get; init; }

    /// <summary>How many worker processes it gets; null for what its settings say.</summary>
    public int? Workers { get; init; }

    /// <summary>Settings, over those of the topology itself.</summary>
    public ImmutableSortedDictionary<string, string> Settings { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>False to have it rest without workers until it is activated.</summary>
    public bool IsActive { get; init; } = true;
}
