using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Topology.Cluster;

namespace Topology.EndToEnd.Child;

/// <summary>What a test can tell this process: a word, and the rest of the line.</summary>
internal sealed class Commands(string[] arguments) : IDisposable
{
    private readonly List<IDisposable> _kept = [];

    public string Run(string line)
    {
        var (word, rest) = line.Split(' ', 2) is [var first, var second] ? (first, second) : (line, "");
        return word switch
        {
            "arguments" => JsonSerializer.Serialize(arguments),
            "directory" => Environment.CurrentDirectory,
            "secret" => InheritedSecret.Take() is { } secret ? Convert.ToHexString(secret) : "none",
            "print" => Print(Console.Out, rest),
            "error" => Print(Console.Error, rest),
            "exit" => Exit(rest),
            "throw" => Throw(rest),
            "ignore-term" => IgnoreTerm(),
            "start" => Start(rest),
            "helper" => StartHelper(),
            "log" => BeginLog(rest),
            "write" => Write(rest),
            _ => throw new ArgumentException(line),
        };
    }

    public void Dispose()
    {
        foreach (var kept in _kept) kept.Dispose();
    }

    private static string Print(TextWriter writer, string text)
    {
        writer.WriteLine(text);
        writer.Flush();
        return "printed";
    }

    private static string Exit(string code)
    {
        Environment.Exit(int.Parse(code, CultureInfo.InvariantCulture));
        return "";
    }

    private static string Throw(string message)
    {
        var thread = new Thread(() => throw new InvalidOperationException(message));
        thread.Start();
        thread.Join();
        return "";
    }

    private string IgnoreTerm()
    {
        _kept.Add(PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => context.Cancel = true));
        return "ignored";
    }

    // A child of this child: its socket and its log.
    private static string Start(string rest)
    {
        var parts = rest.Split(' ');
        return ProcessLauncher.Start(ProcessStart.OfThisProgram([parts[0]], parts[1])).Identity.ToString();
    }

    // As a component does that leaves its work to another program.
    private static string StartHelper()
    {
        using var helper = Process.Start(new ProcessStartInfo("/bin/sleep", ["3600"]))!;
        return ProcessIdentity.Of(helper.Id).ToString()!;
    }

    private string BeginLog(string folder)
    {
        var log = new WorkerLog(new LogFolder(folder), "worker", new() { FileBytes = 2000, Files = 1000, HasStandardStreams = true });
        _kept.Add(log);
        Console.SetOut(log.CreateWriter("stdout", LogLevel.Information));
        return "begun";
    }

    private string Write(string count)
    {
        var log = (WorkerLog)_kept[0];
        var logger = log.CreateLogger("split#3");
        for (var i = 0; i < int.Parse(count, CultureInfo.InvariantCulture); i++) logger.LogInformation("line {Number}", i);
        log.FlushAsync().Wait();
        return "written";
    }
}
