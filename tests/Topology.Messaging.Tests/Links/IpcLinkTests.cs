namespace Topology.Messaging.Tests;

[Platform(Exclude = "Win")]
public sealed class IpcLinkTests : LinkThreadContract
{
    private TempFolder _folder = null!;
    private IpcDirectory _root = null!;

    [SetUp]
    public void MakeFolder()
    {
        _folder = new();
        _root = IpcDirectory.Open(_folder.Path);
    }

    // After the workers' end, which ZmqFixture sees to.
    [TearDown]
    public void RemoveFolder()
    {
        DisposeAll();
        _folder.Dispose();
    }

    private protected override LinkedWorker Start(uint number, ulong incarnation, LinkOptions options, TimeProvider? time = null, ILinkHandler? handler = null) =>
        LinkedWorker.Ipc(_root, number, incarnation, options, time, handler);

    private protected override void RequireNoFiles() => Assert.That(Directory.EnumerateFileSystemEntries(_folder.Path), Is.Empty);

    [Test]
    public void Each_incarnation_has_a_folder_of_its_own_and_what_a_dead_one_left_can_be_taken_away()
    {
        using var worker = Start(1, 0xA1, NoHeartbeats);
        using var next = Start(1, 0xA2, NoHeartbeats);
        var folder = Path.Combine(_folder.Path, "70700001");
        Assert.That(Directory.EnumerateDirectories(folder).Select(Path.GetFileName), Is.EquivalentTo(new[] { "00000000000000a1", "00000000000000a2" }));
        Assert.That(worker.Thread.DataEndpoint, Is.EqualTo($"ipc://{folder}/00000000000000a1/data"));
        IpcEndpoints.Remove(_root, LinkedWorker.Topology, 0xA1);
        Assert.That(Directory.EnumerateDirectories(folder).Select(Path.GetFileName), Is.EquivalentTo(new[] { "00000000000000a2" }));
        Assert.That(() => IpcEndpoints.Remove(_root, LinkedWorker.Topology, 0xA3), Throws.Nothing);
    }

    [Test]
    public void Without_keys_a_peer_elsewhere_is_refused()
    {
        using var worker = Start(1, 0xA1, NoHeartbeats);
        Assert.That(() => worker.Assign(1, new LinkPeer(2, 0xB1, "tcp://127.0.0.1:1", "tcp://127.0.0.1:2")), Throws.ArgumentException.With.Message.Contain("ipc"));
        Assert.That(
            () => LinkThread.Start(worker.Me, new TcpEndpoints("127.0.0.1", new Random(1)), null, worker.Handler, NoHeartbeats, null!),
            Throws.ArgumentException.With.Message.Contain("keys"));
    }
}
