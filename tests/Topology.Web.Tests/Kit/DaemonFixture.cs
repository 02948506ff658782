using System.Collections.Concurrent;
using Topology.Cluster;

namespace Topology.Web.Tests;

/// <summary>Tests that start daemons as processes: whatever a test does, its processes are dead and its folder is gone after it.</summary>
public abstract class DaemonFixture
{
    private readonly ConcurrentBag<WatchedProcess> _processes = [];

    /// <summary>Longer than anything here takes: a test that waits for ever is to fail.</summary>
    protected static TimeSpan Limit { get; } = TimeSpan.FromMinutes(2);

    internal TemporaryFolder Temporary { get; private set; } = null!;

    protected string Data => Temporary.PathOf("data");

    [SetUp]
    public void CreateFolder() => Temporary = new();

    [TearDown]
    public async Task EndAsync()
    {
        foreach (var process in _processes) await process.KillAsync().WaitAsync(Limit);
        _processes.Clear();
        Temporary.Dispose();
    }

    protected static ProcessStart Child(string log, params string[] arguments) => ProcessStart.OfAssembly(typeof(Program).Assembly.Location, arguments, log);

    protected WatchedProcess Start(params string[] arguments) => Launch(Child(Temporary.PathOf("log"), arguments));

    /// <summary>Starts a process that the test ends.</summary>
    protected WatchedProcess Launch(ProcessStart start)
    {
        var process = ProcessLauncher.Start(start);
        _processes.Add(process);
        return process;
    }

    /// <summary>Waits until the directory's daemon has said where it listens.</summary>
    protected async Task<DaemonAddress> DaemonAsync(WatchedProcess process)
    {
        using var changes = new FileSystemWatcher(Temporary.Path) { IncludeSubdirectories = true };
        var changed = new SemaphoreSlim(0);
        changes.Created += (_, _) => changed.Release();
        changes.Renamed += (_, _) => changed.Release();
        changes.EnableRaisingEvents = true;
        while (true)
        {
            if (DaemonFile.Read(Data) is { } daemon) return daemon;
            if (process.Exited.IsCompleted) throw new AssertionException($"It {await process.Exited}: {await File.ReadAllTextAsync(Temporary.PathOf("log"))}");
            await Task.WhenAny(changed.WaitAsync(), process.Exited).WaitAsync(Limit);
        }
    }
}
