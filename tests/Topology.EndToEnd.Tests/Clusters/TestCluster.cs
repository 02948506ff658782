using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using Topology.Cluster;
using Topology.Messaging;

namespace Topology.EndToEnd.Tests;

/// <summary>A cluster in a folder of its own: whatever a test does to it, its processes are dead and its folder is gone after it.</summary>
internal abstract class TestCluster : IAsyncDisposable
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(10);

    private readonly DirectoryInfo _folder = MakeFolder();

    /// <summary>Longer than anything here takes: a test that waits for ever is to fail.</summary>
    public static TimeSpan Limit { get; } = TimeSpan.FromMinutes(2);

    protected TestCluster() => Data = PathOf("data");

    public abstract IClusterService Service { get; }

    /// <summary>Its data directory.</summary>
    public string Data { get; init; }

    public string PathOf(string name) => Path.Combine(_folder.FullName, name);

    /// <summary>All processes of this cluster that live: the daemon if it is one, workers, plans and commands.</summary>
    public IReadOnlyList<(ProcessIdentity Process, string CommandLine)> Processes() => ProcessList.Naming(_folder.FullName);

    /// <summary>Its worker processes that live.</summary>
    public ProcessIdentity[] Workers() => [.. Processes().Where(p => p.CommandLine.Contains(" __worker ", StringComparison.Ordinal)).Select(p => p.Process)];

    /// <summary>Submits a topology of the folder <c>topologies</c>, or a class of the tests' own, and gives its id.</summary>
    public async Task<string> SubmitAsync(string topology, int workers, params (string Name, string Value)[] settings)
    {
        var outcome = await TrySubmitAsync(topology, workers, settings);
        Assert.That(outcome.Verdict, Is.EqualTo(CommandVerdict.Accepted), outcome.Message);
        return outcome.Topology!;
    }

    public Task<CommandOutcome> TrySubmitAsync(string topology, int workers, params (string Name, string Value)[] settings) =>
        TrySubmitAsync(BuiltTopology.Of(topology), workers, settings);

    public async Task<CommandOutcome> TrySubmitAsync(BuiltTopology topology, int workers, params (string Name, string Value)[] settings)
    {
        var zip = PathOf("package.zip");
        var package = TopologyPackage.Pack(topology.Folder, new TopologyManifest(topology.Assembly, [topology.Class], "test"), zip);
        await using (var content = File.OpenRead(zip)) await Service.UploadAsync(package.Id, content);
        return await Service.SubmitAsync(new SubmitRequest(package.Id)
        {
            Workers = workers,
            Settings = settings.ToImmutableSortedDictionary(s => s.Name, s => s.Value, StringComparer.Ordinal),
        });
    }

    public async Task<TopologyDescription> DescribeAsync(string id) => (await Service.DescribeAsync(id))!;

    /// <summary>Has the master do something, which it has to accept.</summary>
    public async Task CommandAsync(TopologyCommand command)
    {
        var outcome = await Service.CommandAsync(command);
        Assert.That(outcome.Verdict, Is.EqualTo(CommandVerdict.Accepted), outcome.Message);
    }

    /// <summary>Waits until a topology is as it should be; fails where it fails unasked.</summary>
    public async Task<TopologyDescription> UntilAsync(string id, Func<TopologyDescription, bool> condition, string what)
    {
        var last = await DescribeAsync(id);
        await UntilAsync(
            async () => condition(last = await DescribeAsync(id)) || last.State == "failed",
            () => $"{what}: {last}\n{string.Join('\n', last.Workers)}");
        if (!condition(last)) Assert.Fail($"It failed before {what}: {last}\n{ReadLogs()}");
        return last;
    }

    /// <summary>Waits until something is so.</summary>
    public Task UntilAsync(Func<bool> condition, string what) => UntilAsync(() => Task.FromResult(condition()), () => what);

    /// <summary>The worker's process.</summary>
    public async Task<WatchedProcess> ProcessOfAsync(string id, int worker)
    {
        var description = await UntilAsync(id, d => d.Workers.Any(w => w.Id == worker && w.Pid is not null), $"worker {worker} to run");
        return WatchedProcess.Adopt(ProcessIdentity.Of(description.Workers.First(w => w.Id == worker).Pid!.Value)!.Value);
    }

    /// <summary>What the daemon and its workers have logged.</summary>
    public string ReadLogs() => string.Join('\n', Directory.EnumerateFiles(_folder.FullName, "*.log", SearchOption.AllDirectories).Order()
        .Select(file => string.Create(CultureInfo.InvariantCulture, $"== {file}\n{ReadShared(file)}")));

    public async ValueTask DisposeAsync()
    {
        await EndAsync();
        // A daemon that lives may start one while another is killed.
        while (Processes() is { Count: > 0 } left)
            foreach (var (process, _) in left) await WatchedProcess.Adopt(process).KillAsync().WaitAsync(Limit);
        foreach (var folder in _folder.EnumerateDirectories("*", SearchOption.AllDirectories)) folder.UnixFileMode |= UnixFileMode.UserWrite;
        _folder.Delete(recursive: true);
    }

    /// <summary>Ends what the test's own process has of it.</summary>
    protected abstract Task EndAsync();

    private async Task UntilAsync(Func<Task<bool>> condition, Func<string> what)
    {
        var since = Stopwatch.GetTimestamp();
        using var looks = new PeriodicTimer(LookEvery);
        while (!await condition())
        {
            if (Stopwatch.GetElapsedTime(since) > Limit) Assert.Fail($"Waited in vain for {what()}\n{ReadLogs()}");
            await looks.WaitForNextTickAsync();
        }
    }

    private static string ReadShared(string file)
    {
        using var reader = new StreamReader(new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        return reader.ReadToEnd();
    }

    private static DirectoryInfo MakeFolder()
    {
        try
        {
            ZmqLibrary.Require();
        }
        catch (TopologyException missing)
        {
            Assert.Ignore(missing.Message);
        }

        return Directory.CreateTempSubdirectory("te2e-");
    }
}
