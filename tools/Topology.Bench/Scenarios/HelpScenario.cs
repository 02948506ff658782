using System.Diagnostics;

namespace Topology.Bench;

/// <summary>How long <c>tools/topology --help</c> takes, the look for changed sources included.</summary>
internal sealed class HelpScenario : IScenario
{
    private const int Runs = 5;

    /// <inheritdoc/>
    public string Name => "help";

    /// <inheritdoc/>
    public string Summary => "wall time of tools/topology --help, median of 5, after one that builds what has changed; ≤ 200 ms (no --seconds)";

    /// <inheritdoc/>
    public string Unit => "ms";

    /// <inheritdoc/>
    public string? BaselineName => null;

    /// <inheritdoc/>
    public Goal Goal => Goal.ValueAtMost(200);

    /// <inheritdoc/>
    public async Task<RoundResult> MeasureAsync(TimeSpan window)
    {
        var program = Find(Path.Combine("tools", "topology"));
        await RunAsync(program).ConfigureAwait(false);
        var times = new List<TimeSpan>();
        for (var i = 0; i < Runs; i++) times.Add(await RunAsync(program).ConfigureAwait(false));
        return RoundResult.Of(times.Order().ElementAt(Runs / 2).TotalMilliseconds);
    }

    private static async Task<TimeSpan> RunAsync(string program)
    {
        var start = Stopwatch.GetTimestamp();
        using var process = Process.Start(new ProcessStartInfo(program, "--help") { RedirectStandardOutput = true })!;
        var text = await process.StandardOutput.ReadToEndAsync().ConfigureAwait(false);
        await process.WaitForExitAsync().ConfigureAwait(false);
        if (process.ExitCode != 0 || text.Length == 0) throw new BenchException($"{program} --help ended with {process.ExitCode}");
        return Stopwatch.GetElapsedTime(start);
    }

    /// <summary>A file of this working copy, of which this program was built.</summary>
    private static string Find(string path)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, path))) return Path.Combine(folder.FullName, path);
        throw new BenchException($"there is no {path} above {AppContext.BaseDirectory}");
    }
}
