namespace Topology.Bench;

/// <summary>What the program says about itself.</summary>
internal static class Usage
{
    /// <summary>The scenarios, one per line.</summary>
    public static string Scenarios => string.Concat(ScenarioList.All.Select(scenario => $"{scenario.Name,-18}{scenario.Summary}\n"));

    /// <summary>The help text.</summary>
    public static string Text => $"""
        Measures the engine, and what it is compared with in turns beside it.

        Usage: bench SCENARIO… [--seconds S] [--rounds N]
               bench all
               bench list

          --seconds S   how long each contender is measured in a round (0.3 to 600; 3 unless told)
          --rounds N    how many rounds, each in a process of its own; the figures are their medians (1 to 99; 5 unless told)
          --help        this text

        Prints one line of JSON per scenario on standard output, and progress on standard error. `met` says whether the scenario's goal was reached:
        `target` is that for `ratio` (value by baseline), `limits` are the largest good values. `othersCores` says how many cores everything else on
        the machine kept busy meanwhile; where it is not near 0, the figures are worth less. Exits with 1 if a scenario could not be measured, with 2
        if the command line is wrong.

        Scenarios:
        {Scenarios}
        """;
}
