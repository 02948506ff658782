using System.Globalization;
using System.Text.Json;

namespace Topology.Bench;

/// <summary>Runs one round in a fresh process, so that no round inherits another's heap, compiled code or threads.</summary>
internal static class ChildProcess
{
    /// <summary>Starts this program again and reads the round that it prints; what it says besides goes to this process's standard error. Whatever comes of it, nothing is left of the round afterwards.</summary>
    /// <exception cref="BenchException">The child failed; it has said why.</exception>
    /// <exception cref="OperationCanceledException">The user has had enough.</exception>
    public static async Task<RoundResult> MeasureAsync(IScenario scenario, double seconds, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        using var folder = new RoundFolder();
        var info = OwnProgram.StartInfo("--child", scenario.Name, "--seconds", seconds.ToString(CultureInfo.InvariantCulture), "--folder", folder.Path);
        info.RedirectStandardOutput = true;
        folder.Claim(info);
        using var process = OwnProgram.Start(info);
        try
        {
            var output = await process.StandardOutput.ReadToEndAsync(cancellation).ConfigureAwait(false);
            await process.WaitForExitAsync(cancellation).ConfigureAwait(false);
            if (process.ExitCode != 0) throw new BenchException($"its process ended with {process.ExitCode}");
            return JsonSerializer.Deserialize<RoundResult>(output) ?? throw new BenchException("its process printed no result");
        }
        finally
        {
            if (!process.HasExited) process.Kill();
            await process.WaitForExitAsync(CancellationToken.None).ConfigureAwait(false);
        }
    }

    /// <summary>Measures a round here and prints it.</summary>
    /// <param name="scenario">What to measure.</param>
    /// <param name="seconds">How long.</param>
    /// <param name="folder">The round's folder, which is taken away if the parent dies; null where there is no parent.</param>
    public static async Task ServeAsync(IScenario scenario, double seconds, string? folder)
    {
        if (folder is not null)
        {
            ParentWatch.Start(() =>
            {
                RoundFolder.ClearAfterwards(folder);
                Environment.Exit(1);
            });
        }

        var noise = MachineLoad.Read();
        var result = await scenario.MeasureAsync(TimeSpan.FromSeconds(seconds)).ConfigureAwait(false);
        if (MachineLoad.Read().OthersSince(noise) is { } others) result.With("othersCores", others);
        await Console.Out.WriteLineAsync(JsonSerializer.Serialize(result)).ConfigureAwait(false);
    }
}
