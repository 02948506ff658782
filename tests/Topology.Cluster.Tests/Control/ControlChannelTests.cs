using System.Collections.Concurrent;
using Microsoft.Extensions.Logging.Abstractions;
using Topology.Messaging;

namespace Topology.Cluster.Tests;

/// <summary>The channel between a daemon and its workers, over real sockets.</summary>
[Platform(Exclude = "Win")]
public sealed class ControlChannelTests : ZmqFixture
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly WorkerKey Key = new("t", 0, 1);

    private readonly BlockingCollection<WorkerMessage> _heard = [];
    private readonly BlockingCollection<DaemonMessage> _told = [];
    private DirectoryInfo _folder = null!;
    private string _endpoint = "";

    [OneTimeTearDown]
    public void End()
    {
        _heard.Dispose();
        _told.Dispose();
    }

    [SetUp]
    public void MakeFolder()
    {
        _folder = Directory.CreateTempSubdirectory("control-");
        _endpoint = $"ipc://{_folder.FullName}/control";
    }

    [TearDown]
    public void RemoveFolder() => _folder.Delete(recursive: true);

    [Test]
    public void A_worker_is_heard_and_then_told()
    {
        using var server = Serve();
        using var client = new ControlClient(_endpoint, _told.Add);
        Assert.That(Say(client, new WorkerMessage.Ready(Key, 3)), Is.EqualTo(new WorkerMessage.Ready(Key, 3)));
        server.Send(Key, new DaemonMessage.Finish(3));
        Assert.That(Next(_told), Is.EqualTo(new DaemonMessage.Finish(3)));
        server.Send(Key with { Worker = 9 }, new DaemonMessage.End());
        server.Send(Key, new DaemonMessage.Pulse(4));
        Assert.That(Next(_told), Is.EqualTo(new DaemonMessage.Pulse(4)), "What is for a worker that was never heard goes to nobody.");
    }

    [Test]
    public void A_daemon_that_comes_back_is_found_again_and_knows_the_worker_from_its_next_message_on()
    {
        var first = Serve();
        using var client = new ControlClient(_endpoint, _told.Add);
        Say(client, new WorkerMessage.Ready(Key, 1));
        first.Dispose();
        using var second = Serve();
        Say(client, new WorkerMessage.Ready(Key, 2));
        second.Send(Key, new DaemonMessage.Pulse(5));
        Assert.That(Next(_told), Is.EqualTo(new DaemonMessage.Pulse(5)));
    }

    [Test]
    public void A_socket_that_was_taken_away_is_there_again_for_new_workers_and_old_ones_go_on_meanwhile()
    {
        using var server = Serve();
        using var client = new ControlClient(_endpoint, _told.Add);
        Say(client, new WorkerMessage.Ready(Key, 1));
        File.Delete(_endpoint["ipc://".Length..]);
        server.BindAgain();
        Until(() => SocketFolder.Holds(_endpoint));
        var other = Key with { Worker = 1 };
        using var second = new ControlClient(_endpoint, _told.Add);
        Say(second, new WorkerMessage.Ready(other, 1));
        server.Send(other, new DaemonMessage.Pulse(1));
        Assert.That(Next(_told), Is.EqualTo(new DaemonMessage.Pulse(1)));
        Assert.That(Say(client, new WorkerMessage.Ready(Key, 2)), Is.EqualTo(new WorkerMessage.Ready(Key, 2)));
        server.Send(Key, new DaemonMessage.Pulse(2));
        Assert.That(Next(_told), Is.EqualTo(new DaemonMessage.Pulse(2)));
    }

    [Test]
    public void What_is_no_message_is_dropped_and_counted()
    {
        using var server = Serve();
        using var client = new ControlClient(_endpoint, _told.Add);
        Say(client, new WorkerMessage.Ready(Key, 1));
        using var stranger = new DealerSocket();
        stranger.Connect(_endpoint);
        Assert.That(stranger.TrySendFrame(Patience, "hello"u8), Is.True);
        Until(() => server.Refused == 1);
        Assert.That(Say(client, new WorkerMessage.Ready(Key, 2)), Is.EqualTo(new WorkerMessage.Ready(Key, 2)));
    }

    private ControlServer Serve() => new(_endpoint, _heard.Add, NullLogger.Instance);

    // What is said before the connection is there is dropped, so it is said until it is heard.
    private WorkerMessage Say(ControlClient client, WorkerMessage message)
    {
        WorkerMessage? heard = null;
        Until(() =>
        {
            client.Send(message);
            return _heard.TryTake(out heard, 20) && heard == message;
        });
        while (_heard.TryTake(out _, 50))
        {
        }

        return heard!;
    }

    private static T Next<T>(BlockingCollection<T> messages) => messages.TryTake(out var message, Patience) ? message : throw new AssertionException("Nothing was told.");

    private static void Until(Func<bool> condition) => Assert.That(SpinWait.SpinUntil(condition, Patience), Is.True);
}
