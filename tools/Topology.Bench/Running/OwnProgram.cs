using System.Diagnostics;
using Topology.Cluster;

namespace Topology.Bench;

/// <summary>Starts this program once more.</summary>
internal static class OwnProgram
{
    /// <summary>How it is started with arguments. Its standard input is a pipe, by whose end it sees the end of this process.</summary>
    public static ProcessStartInfo StartInfo(params IEnumerable<string> arguments)
    {
        var start = ProcessStart.OfThisProgram([.. arguments], logFile: "");
        return new ProcessStartInfo(start.FileName, start.Arguments) { RedirectStandardInput = true };
    }

    /// <summary>Starts it.</summary>
    /// <exception cref="BenchException">It cannot be started.</exception>
    public static Process Start(ProcessStartInfo info) => Process.Start(info) ?? throw new BenchException("a process of this program did not start");
}
