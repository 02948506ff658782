using System.Globalization;
using Topology.Cluster;

namespace Topology.EndToEnd.Tests;

/// <summary>Tests that start processes: whatever a test does, its processes are dead and its folder is gone after it.</summary>
public abstract class ProcessFixture
{
    private readonly List<WatchedProcess> _processes = [];
    private readonly List<ChildLine> _lines = [];

    /// <summary>Longer than anything here takes: a test that waits for ever is to fail.</summary>
    protected static TimeSpan Limit { get; } = TimeSpan.FromMinutes(2);

    protected string Folder { get; private set; } = "";

    [SetUp]
    public void CreateFolder() => Folder = Directory.CreateTempSubdirectory("topology-e2e-").FullName;

    [TearDown]
    public async Task EndAsync()
    {
        foreach (var process in _processes) await process.KillAsync().WaitAsync(Limit);
        foreach (var line in _lines) line.Dispose();
        _processes.Clear();
        _lines.Clear();
        Directory.Delete(Folder, recursive: true);
    }

    protected string PathOf(string name) => Path.Combine(Folder, name);

    protected string ReadLog() => File.ReadAllText(PathOf("log"));

    /// <summary>Has the test end a process.</summary>
    protected WatchedProcess Keep(WatchedProcess process)
    {
        _processes.Add(process);
        return process;
    }

    protected WatchedProcess StartProgram(string program, params string[] arguments) =>
        Keep(ProcessLauncher.Start(new() { FileName = program, Arguments = arguments, LogFile = PathOf("log") }));

    /// <summary>Starts the child program, with its output in the file <c>log</c>.</summary>
    protected async Task<(WatchedProcess Process, ChildLine Line)> StartChildAsync(Func<ProcessStart, ProcessStart>? change = null, params string[] arguments)
    {
        var line = Listen();
        var start = ProcessStart.OfAssembly(ChildLine.Program, [line.Path, .. arguments], PathOf("log"));
        var process = Keep(ProcessLauncher.Start(change?.Invoke(start) ?? start));
        await line.ConnectAsync(Limit);
        return (process, line);
    }

    protected ChildLine Listen()
    {
        var line = new ChildLine(PathOf(string.Create(CultureInfo.InvariantCulture, $"s{_lines.Count}")));
        _lines.Add(line);
        return line;
    }
}
