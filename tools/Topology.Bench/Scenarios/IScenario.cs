namespace Topology.Bench;

/// <summary>One thing worth measuring, and what to compare it with.</summary>
internal interface IScenario
{
    /// <summary>What the user calls it by.</summary>
    string Name { get; }

    /// <summary>One line for people.</summary>
    string Summary { get; }

    /// <summary>The unit of value and baseline.</summary>
    string Unit { get; }

    /// <summary>What the value is compared with; null where it stands alone.</summary>
    string? BaselineName { get; }

    /// <summary>What is to be reached.</summary>
    Goal Goal { get; }

    /// <summary>Measures one round; the process is its own.</summary>
    /// <param name="window">How long each contender is measured; what has a length of its own says so in <see cref="Summary"/>.</param>
    /// <exception cref="BenchException">What was measured means nothing.</exception>
    Task<RoundResult> MeasureAsync(TimeSpan window);
}
