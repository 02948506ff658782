using System.Globalization;

namespace Topology.Bench;

/// <summary>Runs scenarios round by round, tells of each round on standard error, and prints one line per scenario on standard output.</summary>
internal sealed class ScenarioRunner(double seconds, int rounds)
{
    /// <summary>Runs one scenario.</summary>
    /// <returns>False if a round failed; then there is no line for it.</returns>
    /// <exception cref="OperationCanceledException">The user has had enough.</exception>
    public async Task<bool> RunAsync(IScenario scenario, CancellationToken cancellation)
    {
        try
        {
            var results = new List<RoundResult>();
            for (var round = 1; round <= rounds; round++)
            {
                var result = await ChildProcess.MeasureAsync(scenario, seconds, cancellation).ConfigureAwait(false);
                results.Add(result);
                await Console.Error.WriteLineAsync(Progress(scenario, round, result)).ConfigureAwait(false);
            }

            await Console.Out.WriteLineAsync(ReportLine.Of(scenario, RoundResult.MedianOf(results))).ConfigureAwait(false);
            return true;
        }
        catch (BenchException exception)
        {
            await Console.Error.WriteLineAsync($"bench: {scenario.Name}: {exception.Message}").ConfigureAwait(false);
            return false;
        }
    }

    private string Progress(IScenario scenario, int round, RoundResult result)
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"{scenario.Name}: round {round} of {rounds}: {result.Value:#,0.###} {scenario.Unit}");
        if (result.Ratio is { } ratio) text += string.Create(CultureInfo.InvariantCulture, $", {ratio:0.00} × {scenario.BaselineName}");
        return text;
    }
}
