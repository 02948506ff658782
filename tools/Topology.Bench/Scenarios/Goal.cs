namespace Topology.Bench;

/// <summary>What a scenario is to reach.</summary>
internal sealed record Goal
{
    /// <summary>Nothing: the scenario informs.</summary>
    public static Goal None { get; } = new();

    /// <summary>The ratio of value to baseline to reach, or null.</summary>
    public double? Ratio { get; private init; }

    /// <summary>Whether <see cref="Ratio"/> is the largest that is good, rather than the smallest.</summary>
    public bool RatioIsLimit { get; private init; }

    /// <summary>The largest good values of figures, by name; <c>value</c> is the value itself.</summary>
    public IReadOnlyDictionary<string, double> Limits { get; private init; } = new SortedDictionary<string, double>(StringComparer.Ordinal);

    /// <summary>The value is to be at least so many times the baseline.</summary>
    public static Goal RatioAtLeast(double ratio) => new() { Ratio = ratio };

    /// <summary>The value is to be at most so many times the baseline.</summary>
    public static Goal RatioAtMost(double ratio) => new() { Ratio = ratio, RatioIsLimit = true };

    /// <summary>The value is to be at most this.</summary>
    public static Goal ValueAtMost(double limit) => None.And("value", limit);

    /// <summary>Besides, a figure is to be at most this.</summary>
    public Goal And(string figure, double atMost) =>
        this with { Limits = new SortedDictionary<string, double>(Limits.ToDictionary(), StringComparer.Ordinal) { [figure] = atMost } };

    /// <summary>Whether a result is good; null where there is no goal.</summary>
    public bool? IsMetBy(RoundResult result)
    {
        if (Ratio is null && Limits.Count == 0) return null;
        var ratioIsGood = Ratio is not { } target || (RatioIsLimit ? result.Ratio <= target : result.Ratio >= target);
        return ratioIsGood && Limits.All(limit => (limit.Key == "value" ? result.Value : result.Figures[limit.Key]) <= limit.Value);
    }
}
