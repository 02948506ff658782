using System.Runtime.InteropServices;

namespace Topology.Messaging.Tests;

public sealed class NetMQPollerTests : ZmqFixture
{
    [Test]
    public void It_finds_the_sockets_that_are_ready_among_many()
    {
        using var poller = new NetMQPoller();
        var pairs = Enumerable.Range(0, 20).Select(i => Pair($"inproc://many.{i}")).ToList();
        foreach (var (one, _) in pairs) poller.Add(one, PollEvents.In);
        Assert.That(poller.Poll(TimeSpan.Zero), Is.Zero);
        Send(pairs[7].Other, 1);
        Send(pairs[19].Other, 1);
        Assert.That(poller.Poll(Long), Is.EqualTo(2));
        Assert.That(Ready(poller), Is.EquivalentTo(new[] { pairs[7].One, pairs[19].One }));
    }

    [Test]
    public void A_removal_leaves_the_others_as_they_are()
    {
        using var poller = new NetMQPoller();
        using var signal = PollSignal.Create();
        var pairs = Enumerable.Range(0, 10).Select(i => Pair($"inproc://removal.{i}")).ToList();
        foreach (var (one, _) in pairs) poller.Add(one, PollEvents.In);
        poller.Add(signal);
        poller.Remove(pairs[0].One);
        poller.Remove(pairs[4].One);
        foreach (var (_, other) in pairs) Send(other, 1);
        signal.Signal();
        Assert.That(poller.Poll(Long), Is.EqualTo(9));
        Assert.That(Ready(poller), Is.EquivalentTo(pairs.Where((_, i) => i is not 0 and not 4).Select(pair => pair.One).Append(null)));
        poller.Remove(signal.Descriptor);
        Assert.That(poller.Poll(Long), Is.EqualTo(8));
        Assert.That(() => poller.Remove(pairs[0].One), Throws.TypeOf<InvalidOperationException>());
        Assert.That(() => poller.Add(pairs[1].One, PollEvents.In), Throws.TypeOf<InvalidOperationException>());
    }

    [Test]
    public void What_is_waited_for_can_change()
    {
        using var poller = new NetMQPoller();
        var (one, _) = Pair("inproc://change");
        poller.Add(one, PollEvents.In);
        Assert.That(poller.Poll(TimeSpan.Zero), Is.Zero);
        poller.Change(one, PollEvents.In | PollEvents.Out);
        Assert.That(poller.Poll(Long), Is.EqualTo(1));
        Assert.That(poller.ReadyOf(one), Is.EqualTo(PollEvents.Out));
    }

    [Test]
    public void A_socket_of_another_thread_or_a_closed_one_is_an_exception()
    {
        using var poller = new NetMQPoller();
        var (one, _) = Pair("inproc://foreign");
        poller.Add(one, PollEvents.In);
        one.HandOver();
        Assert.That(() => poller.Poll(TimeSpan.Zero), Throws.TypeOf<InvalidOperationException>());
        one.Dispose();
        Assert.That(() => poller.Poll(TimeSpan.Zero), Throws.TypeOf<ObjectDisposedException>());
        poller.Remove(one);
        Assert.That(poller.Poll(TimeSpan.Zero), Is.Zero);
    }

    /// <summary>A wait without an end that signals interrupt ends only with what it waits for.</summary>
    [Test]
    [Platform("Linux")]
    [System.Runtime.Versioning.SupportedOSPlatform("linux")]
    public void A_signal_to_the_thread_does_not_end_its_wait()
    {
        const int Continue = 18;
        using var registration = PosixSignalRegistration.Create(PosixSignal.SIGCONT, context => context.Cancel = true);
        using var signal = PollSignal.Create();
        using var poller = new NetMQPoller();
        poller.Add(signal);
        var thread = 0;
        var isDone = false;
        TwoThreads.Run(
            () =>
            {
                Volatile.Write(ref thread, gettid());
                var waits = 0;
                while (poller.Interruptions < 10)
                {
                    waits++;
                    Assert.That(poller.Poll(Timeout.InfiniteTimeSpan), Is.EqualTo(1), "The wait ended with nothing ready.");
                    signal.Drain();
                }

                Volatile.Write(ref isDone, true);
            },
            () =>
            {
                while (Volatile.Read(ref thread) == 0) Thread.Yield();
                for (var i = 1; !Volatile.Read(ref isDone); i++)
                {
                    if (IsAsleep(thread)) Assert.That(tgkill(Environment.ProcessId, thread, Continue), Is.Zero);
                    if (i % 5 == 0) signal.Signal();
                    Thread.Yield();
                }
            });
        Assert.That(poller.Interruptions, Is.GreaterThanOrEqualTo(10));
    }

    [Test]
    public void Garbage_collections_do_not_end_a_wait()
    {
        using var signal = PollSignal.Create();
        using var poller = new NetMQPoller();
        poller.Add(signal);
        var waits = 0;
        TwoThreads.Run(
            () =>
            {
                for (; waits < 20; Volatile.Write(ref waits, waits + 1))
                {
                    Assert.That(poller.Poll(Timeout.InfiniteTimeSpan), Is.EqualTo(1));
                    signal.Drain();
                }
            },
            () =>
            {
                while (Volatile.Read(ref waits) < 20)
                {
                    GC.Collect(0);
                    signal.Signal();
                }
            });
    }

    [Test]
    public void What_is_left_of_a_wait_never_turns_into_a_wait_without_an_end()
    {
        var longAgo = System.Diagnostics.Stopwatch.GetTimestamp() - 10 * System.Diagnostics.Stopwatch.Frequency;
        Assert.That(PollItems.Rest(TimeSpan.FromSeconds(1), longAgo), Is.EqualTo(TimeSpan.Zero));
        Assert.That(PollItems.Rest(TimeSpan.FromHours(1), longAgo), Is.LessThanOrEqualTo(TimeSpan.FromSeconds(3590)).And.GreaterThan(TimeSpan.Zero));
        Assert.That(PollItems.Rest(Timeout.InfiniteTimeSpan, longAgo), Is.EqualTo(Timeout.InfiniteTimeSpan));
    }

    private static List<NetMQSocket?> Ready(NetMQPoller poller) =>
        [.. Enumerable.Range(0, poller.Count).Select(i => poller[i]).Where(entry => entry.Ready != PollEvents.None).Select(entry => entry.Socket)];

    private static bool IsAsleep(int thread)
    {
        var status = File.ReadAllText($"/proc/self/task/{thread}/stat");
        return status[status.LastIndexOf(')') + 2] == 'S';
    }

    [DllImport("libc")]
    private static extern int gettid();

    [DllImport("libc")]
    private static extern int tgkill(int process, int thread, int signal);

    private (PairSocket One, PairSocket Other) Pair(string address)
    {
        var one = Use(new PairSocket());
        one.Bind(address);
        var other = Use(new PairSocket());
        other.Connect(address);
        return (one, other);
    }
}
