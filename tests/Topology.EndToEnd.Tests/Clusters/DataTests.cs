using System.Globalization;
using Topology.Cluster;
using Topology.Web;

namespace Topology.EndToEnd.Tests;

/// <summary>One daemon has a data directory, and none begins on a store that it cannot trust.</summary>
public sealed class DataTests
{
    private const int Racers = 10;

    private DaemonUnderTest _cluster = null!;

    private string Store => Path.Combine(_cluster.Data, "cluster.db");

    [SetUp]
    public void Begin() => _cluster = new DaemonUnderTest();

    [TearDown]
    public async Task EndAsync()
    {
        // There is none where the test is skipped for want of libzmq.
        if (_cluster is not null) await _cluster.DisposeAsync();
    }

    [Test]
    public async Task A_second_daemon_does_not_begin_on_the_same_directory()
    {
        await _cluster.UpAsync();
        var first = _cluster.Daemon.Identity;
        var second = await _cluster.RunAsync("up");
        Assert.That((second.Code, second.Error), Is.EqualTo((4, second.Error)));
        Assert.That(second.Error, Does.Contain("is up already").And.Contain($"process {first.Id}"));

        // Also where the first did not say that it is there.
        var said = DaemonFile.PathIn(_cluster.Data);
        File.Move(said, _cluster.PathOf("said"));
        second = await _cluster.RunAsync("up");
        Assert.That(second.Code, Is.EqualTo(4), second.Error);
        Assert.That(second.Error, Does.Contain($"is in use by process {first.Id}"));
        File.Move(_cluster.PathOf("said"), said);
        Assert.That((await _cluster.Service.InfoAsync()).Pid, Is.EqualTo(first.Id), "The first is not disturbed.");
    }

    [Test]
    public async Task Commands_that_race_to_start_a_daemon_start_one_and_all_find_it()
    {
        var topology = BuiltTopology.Of("ThrowingTopology");
        var answers = await Task.WhenAll(Enumerable.Range(0, Racers).Select(number =>
            _cluster.RunAsync("submit", topology.Path, "ThrowingTopology", "--name", Name(number), "--set", "where=nowhere", "--inactive")));
        Assert.That(answers.Select(a => a.Code), Is.All.Zero, string.Join('\n', answers.Select(a => a.Error)));
        Assert.That((await _cluster.Service.ListAsync()).Select(t => t.Name), Is.EquivalentTo(Enumerable.Range(0, Racers).Select(Name)));
        Assert.That(answers.Select(a => a.Out.Trim()), Is.EquivalentTo((await _cluster.Service.ListAsync()).Select(t => t.Id)));
        Assert.That(_cluster.Processes(), Has.Count.EqualTo(1), "One daemon, and nobody else is left.");

        static string Name(int number) => string.Create(CultureInfo.InvariantCulture, $"racer-{number}");
    }

    [Test]
    public async Task A_daemon_does_not_begin_on_a_damaged_store_and_says_what_to_do()
    {
        await _cluster.UpAsync();
        await _cluster.SubmitAsync("ThrowingTopology", 1, ("where", "nowhere"));
        Assert.That((await _cluster.RunAsync("down")).Code, Is.Zero);
        var good = File.ReadAllBytes(Store);
        var damaged = (byte[])good.Clone();
        damaged.AsSpan(damaged.Length / 2).Fill(0x5a);
        File.WriteAllBytes(Store, damaged);

        var up = await _cluster.RunAsync("up", "--detach");
        Assert.That(up.Code, Is.EqualTo(1), up.Error);
        Assert.That(up.Error, Does.Contain($"The store {Store} is damaged").And.Contain("Restore a backup in its place").And.Contain("topology doctor --fix"));
        Assert.That(up.Error, Does.Not.Contain("   at "), "No stack trace.");
        Assert.That(_cluster.Processes(), Is.Empty);
        Assert.That(File.ReadAllBytes(Store), Is.EqualTo(damaged), "It was left as it is.");

        File.WriteAllBytes(Store, good);
        await _cluster.UpAsync();
        Assert.That(await _cluster.Service.ListAsync(), Has.Length.EqualTo(1));
    }

    [Test]
    public async Task What_a_daemon_logs_and_prints_goes_on_in_another_file_when_one_is_full()
    {
        const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        Directory.CreateDirectory(_cluster.Data, Private | UnixFileMode.OtherRead);
        var folder = Directory.CreateDirectory(Path.Combine(_cluster.Data, "logs"), Private).FullName;
        for (var number = 1; number <= 5; number++) Fill(number);
        var refused = await _cluster.RunAsync("up", "--detach");
        Assert.That(refused.Error, Does.Contain("daemon.000005.log ends so").And.Contain("Others may use the data directory"), "Why it did not begin is told, whichever file it is in.");
        new DirectoryInfo(_cluster.Data).UnixFileMode = Private;
        Fill(6);
        var up = await _cluster.RunAsync("up", "--detach", "--address", "http://127.0.0.1:0");
        Assert.That(up.Code, Is.Zero, up.Error);
        Assert.That(Logs(), Is.EqualTo(new[] { LogOf(3), LogOf(4), LogOf(5), LogOf(6), LogOf(7) }), "Five are kept.");
        Assert.That(Streams(), Is.All.EqualTo(LogOf(7)));

        // It is looked at while it runs too.
        Fill(7);
        await _cluster.UntilAsync(() => Streams().All(stream => stream == LogOf(8)), "the next file");
        Assert.That(Logs(), Is.EqualTo(new[] { LogOf(4), LogOf(5), LogOf(6), LogOf(7), LogOf(8) }));

        string LogOf(int number) => Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"daemon.{number:D6}.log"));
        IEnumerable<string> Logs() => Directory.EnumerateFiles(folder).Order(StringComparer.Ordinal);
        IEnumerable<string?> Streams() => new[] { 1, 2 }.Select(descriptor => new FileInfo(string.Create(CultureInfo.InvariantCulture, $"/proc/{_cluster.Daemon.Identity.Id}/fd/{descriptor}")).LinkTarget);
        void Fill(int number)
        {
            using var file = new FileStream(LogOf(number), FileMode.OpenOrCreate, FileAccess.Write, FileShare.ReadWrite);
            file.SetLength(new WorkerLogOptions().FileBytes);
        }
    }

    [Test]
    public async Task The_command_that_the_error_names_moves_a_damaged_store_aside_and_no_other()
    {
        await _cluster.UpAsync();
        await _cluster.SubmitAsync("ThrowingTopology", 1, ("where", "nowhere"));
        Assert.That((await _cluster.RunAsync("doctor", "--fix")).Out, Does.Contain("ok       store: a daemon has it"));
        Assert.That((await _cluster.RunAsync("down")).Code, Is.Zero);
        Assert.That((await _cluster.RunAsync("doctor", "--fix")).Out, Does.Contain("ok       store: it is whole"));
        Assert.That(File.Exists(Store), "A good one stays where it is.");

        var damaged = File.ReadAllBytes(Store);
        damaged.AsSpan(damaged.Length / 2).Fill(0x5a);
        File.WriteAllBytes(Store, damaged);
        var up = await _cluster.RunAsync("up", "--detach");
        var doctor = await _cluster.RunAsync("doctor");
        Assert.That((doctor.Code, File.ReadAllBytes(Store)), Is.EqualTo((1, damaged)), doctor.Out);
        const string Command = "topology doctor --fix --data ";
        Assert.That(up.Error, Does.Contain(Command + _cluster.Data));
        Assert.That(doctor.Out, Does.Contain($"try: {Command}{_cluster.Data}"));

        var mended = await _cluster.RunAsync("doctor", "--fix", "--data", _cluster.Data);
        Assert.That(mended.Out, Does.Contain($"fixed    store: it was damaged, and is kept as {Store}.aside-1"));
        Assert.That(File.ReadAllBytes(Store + ".aside-1"), Is.EqualTo(damaged));
        await _cluster.UpAsync();
        Assert.That(await _cluster.Service.ListAsync(), Is.Empty);
        await _cluster.SubmitAsync("ThrowingTopology", 1, ("where", "nowhere"));
    }
}
