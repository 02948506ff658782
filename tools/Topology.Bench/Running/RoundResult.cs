namespace Topology.Bench;

/// <summary>What one round measured, or the medians of several.</summary>
/// <param name="Value">The figure.</param>
/// <param name="Baseline">What it is compared with, measured in turns with it; null where it stands alone.</param>
/// <param name="Ratio">Value by baseline. Of several rounds: the median of their ratios, which is not the ratio of the medians.</param>
/// <param name="Figures">What else the scenario has to say.</param>
internal sealed record RoundResult(double Value, double? Baseline, double? Ratio, SortedDictionary<string, double> Figures)
{
    /// <summary>The result of one round.</summary>
    /// <exception cref="BenchException">The baseline is 0: it did nothing.</exception>
    public static RoundResult Of(double value, double? baseline = null) => baseline == 0
        ? throw new BenchException("the baseline did nothing")
        : new RoundResult(value, baseline, value / baseline, new SortedDictionary<string, double>(StringComparer.Ordinal));

    /// <summary>The medians of rounds, figure by figure.</summary>
    public static RoundResult MedianOf(IReadOnlyList<RoundResult> rounds)
    {
        var figures = new SortedDictionary<string, double>(StringComparer.Ordinal);
        foreach (var name in rounds[0].Figures.Keys) figures[name] = Median(rounds.Select(round => round.Figures[name]));
        return new RoundResult(
            Median(rounds.Select(round => round.Value)),
            rounds[0].Baseline is null ? null : Median(rounds.Select(round => round.Baseline!.Value)),
            rounds[0].Ratio is null ? null : Median(rounds.Select(round => round.Ratio!.Value)),
            figures);
    }

    /// <summary>Adds a figure.</summary>
    public RoundResult With(string name, double value)
    {
        Figures[name] = value;
        return this;
    }

    private static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        var middle = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
