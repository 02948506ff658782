using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using System.Text.Json;

namespace Topology.Bench;

/// <summary>Runs one round in a fresh process, so that no round inherits another's heap, compiled code or threads.</summary>
internal static class ChildProcess
{
    /// <summary>Starts this program again and reads the round that it prints; what it says besides goes to this process's standard error.</summary>
    /// <exception cref="BenchException">The child failed; it has said why.</exception>
    public static async Task<RoundResult> MeasureAsync(IScenario scenario, double seconds)
    {
        using var process = Process.Start(StartInfo(scenario, seconds)) ?? throw new BenchException("the child process did not start");
        try
        {
            var output = await process.StandardOutput.ReadToEndAsync().ConfigureAwait(false);
            await process.WaitForExitAsync().ConfigureAwait(false);
            if (process.ExitCode != 0) throw new BenchException($"its process ended with {process.ExitCode}");
            return JsonSerializer.Deserialize<RoundResult>(output) ?? throw new BenchException("its process printed no result");
        }
        finally
        {
            if (!process.HasExited) process.Kill();
        }
    }

    /// <summary>Measures a round here and prints it.</summary>
    public static async Task ServeAsync(IScenario scenario, double seconds)
    {
        var noise = MachineLoad.Read();
        var result = await scenario.MeasureAsync(TimeSpan.FromSeconds(seconds)).ConfigureAwait(false);
        if (MachineLoad.Read().OthersSince(noise) is { } others) result.With("othersCores", others);
        await Console.Out.WriteLineAsync(JsonSerializer.Serialize(result)).ConfigureAwait(false);
    }

    private static ProcessStartInfo StartInfo(IScenario scenario, double seconds)
    {
        // Under `dotnet Topology.Bench.dll` the process is dotnet's own and needs the assembly's path first.
        var program = Environment.ProcessPath ?? throw new BenchException("this process's program is unknown");
        var info = new ProcessStartInfo(program) { RedirectStandardOutput = true };
        if (Path.GetFileNameWithoutExtension(program) == "dotnet") info.ArgumentList.Add(Assembly.GetExecutingAssembly().Location);
        info.ArgumentList.Add("--child");
        info.ArgumentList.Add(scenario.Name);
        info.ArgumentList.Add("--seconds");
        info.ArgumentList.Add(seconds.ToString(CultureInfo.InvariantCulture));
        return info;
    }
}
