using System.Globalization;
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
        Assert.That(up.Error, Does.Contain($"The store {Store} is damaged").And.Contain("Restore a backup in its place"));
        Assert.That(up.Error, Does.Not.Contain("   at "), "No stack trace.");
        Assert.That(_cluster.Processes(), Is.Empty);
        Assert.That(File.ReadAllBytes(Store), Is.EqualTo(damaged), "It was left as it is.");

        File.WriteAllBytes(Store, good);
        await _cluster.UpAsync();
        Assert.That(await _cluster.Service.ListAsync(), Has.Length.EqualTo(1));
    }
}
