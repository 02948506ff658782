namespace Topology.Messaging.Tests;

public sealed class NetMQSocketTests : ZmqFixture
{
    /// <summary>Every call that reaches libzmq: two threads within it end the process at best.</summary>
    private static readonly (string Name, Action<NetMQSocket> Call)[] Calls =
    [
        ("Bind", socket => socket.Bind("inproc://other")),
        ("Connect", socket => socket.Connect("inproc://other")),
        ("Unbind", socket => socket.Unbind("inproc://other")),
        ("Poll", socket => socket.Poll(PollEvents.In, TimeSpan.Zero)),
        ("HasIn", socket => _ = socket.HasIn),
        ("Linger", socket => socket.Options.Linger = TimeSpan.Zero),
        ("LastEndpoint", socket => _ = socket.Options.LastEndpoint),
        ("MaxMsgSize", socket => socket.Options.MaxMsgSize = 1),
        ("TrySendFrame", socket => socket.TrySendFrame([1])),
        ("TryReceive", socket => HasNothing(socket)),
        ("Monitor", socket => new NetMQMonitor(socket).Dispose()),
        ("Poller", socket => new NetMQPoller().Add(socket, PollEvents.In)),
        ("HandOver", socket => socket.HandOver()),
        ("TakeOver", socket => socket.TakeOver()),
        ("Close", socket => socket.Close()),
    ];

    [Test]
    public void Every_call_of_another_thread_is_an_exception()
    {
        var socket = Use(new PairSocket());
        foreach (var (name, call) in Calls)
        {
            var error = On(new(() => call(socket)));
            Assert.That(error, Is.TypeOf<InvalidOperationException>().With.Message.Contain("belongs to thread"), name);
        }

        Assert.That(socket.IsDisposed, Is.False);
    }

    [Test]
    public void A_slab_is_not_sent_by_another_thread_and_stays_the_callers()
    {
        var socket = Use(new PairSocket());
        using var pool = new NativeSlabPool(1, 100);
        Assert.That(pool.TryRent(out var slab), Is.True);
        Assert.That(On(new(() => socket.TrySend(slab))), Is.TypeOf<InvalidOperationException>());
        slab.Return();
        Assert.That(pool.TryRent(out slab), Is.True);
        slab.Return();
    }

    [Test]
    public void A_socket_that_was_handed_over_is_used_by_whoever_takes_it_over()
    {
        var pair = Use(new PairSocket());
        var other = new PairSocket();
        pair.Bind("inproc://handover");
        other.HandOver();
        Assert.That(() => other.TrySendFrame([1]), Throws.TypeOf<InvalidOperationException>().With.Message.Contain("belongs to nobody"));
        var error = On(new(() =>
        {
            other.TakeOver();
            other.Connect("inproc://handover");
            Send(other, 7);
            other.HandOver();
        }));
        Assert.That(error, Is.Null);
        Assert.That(Receive(pair), Is.EqualTo(new byte[] { 7 }));
        other.TakeOver();
        Assert.That(() => other.TakeOver(), Throws.TypeOf<InvalidOperationException>(), "It has an owner now.");
        other.Dispose();
    }

    [Test]
    public void Nobodys_socket_may_be_closed_by_anyone()
    {
        var socket = new PairSocket();
        socket.HandOver();
        Assert.That(On(new(socket.Dispose)), Is.Null);
        Assert.That(socket.IsDisposed, Is.True);
    }

    [Test]
    public void After_the_close_every_call_says_so()
    {
        var socket = new PairSocket();
        socket.Dispose();
        foreach (var (name, call) in Calls.Where(call => call.Name != "Close"))
            Assert.That(() => call(socket), Throws.TypeOf<ObjectDisposedException>(), name);
        Assert.That(socket.Dispose, Throws.Nothing);
    }

    [Test]
    public void Sockets_monitors_and_pollers_may_be_disposed_in_any_order() => TwoThreads.Run(
        () =>
        {
            foreach (var order in Permutations([0, 1, 2, 3, 4]))
            {
                var router = new RouterSocket();
                var monitor = new NetMQMonitor(router);
                router.BindRandomPort("tcp://127.0.0.1");
                var dealer = new DealerSocket();
                dealer.Connect(router.Options.LastEndpoint);
                var lonely = new DealerSocket();
                lonely.Options.DelayAttachOnConnect = false;
                lonely.Connect("tcp://127.0.0.1:1");
                lonely.TrySendFrame([1]);
                Send(dealer, 1);
                var poller = new NetMQPoller();
                poller.Add(router, PollEvents.In);
                poller.Add(monitor.Socket, PollEvents.In);
                poller.Poll(Long);
                var all = new IDisposable[] { router, monitor, dealer, lonely, poller };
                foreach (var index in order) all[index].Dispose();
            }
        },
        () => { });

    [Test]
    public void A_monitored_socket_that_was_closed_holds_nothing_up_although_its_monitor_is_gone() => TwoThreads.Run(
        () =>
        {
            for (var i = 0; i < 100; i++)
            {
                var pull = new PullSocket();
                var monitor = new NetMQMonitor(pull, (SocketEvents)0xFFFF);
                pull.BindRandomPort("tcp://127.0.0.1");
                pull.Dispose();
                monitor.Dispose();
            }

            // The thread that ends sockets has got through all of them.
            using var push = new PushSocket();
            using var last = new PullSocket();
            push.Connect($"tcp://127.0.0.1:{last.BindRandomPort("tcp://127.0.0.1")}");
            Send(push, 1);
            Assert.That(Receive(last), Is.EqualTo(new byte[] { 1 }));
        },
        () => { });

    [Test]
    [Platform("Linux")]
    public void Sockets_leave_no_file_descriptors_behind()
    {
        OpenAndClose(5);
        var before = Descriptors();
        OpenAndClose(200);

        // libzmq closes in a thread of its own. A few are others' of this process.
        Assert.That(SpinWait.SpinUntil(() => Descriptors() <= before + 5, Long), Is.True, $"{before} before, {Descriptors()} after");
    }

    [Test]
    public void A_router_says_that_it_knows_no_such_peer()
    {
        var router = Use(new RouterSocket());
        router.BindRandomPort("tcp://127.0.0.1");
        Assert.That(router.TrySend("nobody"u8, "x"u8), Is.EqualTo(SendResult.Unreachable));
    }

    [Test]
    public void Nothing_waits_for_a_peer_that_is_away()
    {
        var push = Use(new PushSocket());
        push.Connect("tcp://127.0.0.1:1");
        Assert.That(push.TrySendFrame([1]), Is.False);
        Assert.That(push.HasOut, Is.False);
    }

    [Test]
    public void A_frame_above_the_limit_ends_the_connection_unread()
    {
        var pull = Use(new PullSocket());
        pull.Options.MaxMsgSize = 1_000;
        var monitor = Use(new NetMQMonitor(pull));
        var push = Use(new PushSocket());
        push.Connect($"tcp://127.0.0.1:{pull.BindRandomPort("tcp://127.0.0.1")}");
        Send(push, new byte[1_000]);
        Assert.That(Receive(pull), Has.Length.EqualTo(1_000));
        Send(push, new byte[1_001]);
        Await(monitor, SocketEvents.Disconnected);
        Assert.That(HasNothing(pull), Is.True);
    }

    [Test]
    public void An_address_that_is_wrong_is_named()
    {
        var socket = Use(new PullSocket());
        Assert.That(() => socket.Bind("nonsense://x"), Throws.TypeOf<NetMQException>().With.Message.Contain("nonsense://x"));
        Assert.That(() => socket.Bind("ipc://@abstract"), Throws.TypeOf<NetMQException>().With.Message.Contain("no permissions"));
        Assert.That(() => socket.Connect("tcp://127.0.0.1"), Throws.TypeOf<NetMQException>());
        Assert.That(() => socket.Bind("tcp://127.0.0.1:1\0x"), Throws.TypeOf<ArgumentException>());
    }

    [Test]
    public void Within_a_message_no_unbind_ends_the_process()
    {
        var pair = Use(new PairSocket());
        pair.Bind("inproc://half");
        var other = Use(new PairSocket());
        other.Connect("inproc://half");
        other.TrySendFrame([1], more: true);
        other.TrySendFrame([2]);
        Msg frame = default;
        Assert.That(pair.TryReceive(ref frame) && frame.HasMore, Is.True);
        Assert.That(() => pair.Unbind("inproc://half"), Throws.TypeOf<InvalidOperationException>());
        Assert.That(pair.TryReceive(ref frame) && !frame.HasMore, Is.True);
        frame.Close();
        Assert.That(() => pair.Unbind("inproc://half"), Throws.Nothing);
    }

    private static void OpenAndClose(int sockets)
    {
        for (var i = 0; i < sockets / 2; i++)
        {
            using var pull = new PullSocket();
            using var monitor = new NetMQMonitor(pull);
            using var push = new PushSocket();
            using var signal = PollSignal.Create();
            push.Connect($"tcp://127.0.0.1:{pull.BindRandomPort("tcp://127.0.0.1")}");
            Send(push, 1);
            Receive(pull);
        }
    }

    private static int Descriptors() => Directory.GetFileSystemEntries("/proc/self/fd").Length;

    private static IEnumerable<int[]> Permutations(int[] items) => items.Length == 1
        ? [items]
        : items.SelectMany(first => Permutations([.. items.Where(item => item != first)]).Select(rest => (int[])[first, .. rest]));

    /// <summary>Runs it on a thread of its own and returns what it threw.</summary>
    private static Exception? On(ThreadStart body)
    {
        Exception? error = null;
        var thread = new Thread(() =>
        {
            try
            {
                body();
            }
            catch (Exception thrown)
            {
                error = thrown;
            }
        });
        thread.Start();
        thread.Join();
        return error;
    }
}
