namespace Topology.Messaging.Tests;

public sealed class OutboxTests
{
    private static readonly LinkPeer Peer = new(2, 0xB, "", "");
    private static readonly FrameHeader Header = new(1, 1, 0xA, 0);

    private readonly FrameBufferPool _pool = new(size: 1000, kept: 16);
    private int _wakes;

    [SetUp]
    public void CountFromZero() => _wakes = 0;

    [Test]
    public void The_bytes_of_whole_buffers_are_bounded_and_so_are_frames()
    {
        var byBytes = Make(new() { KeptDataBytes = 3_500, KeptFrames = 100 });
        Assert.That(Fill(byBytes), Is.EqualTo(3));
        Assert.That((byBytes.WaitingFrames, byBytes.WaitingBytes), Is.EqualTo((3, 3_000L)));
        Assert.That(Fill(Make(new() { KeptDataBytes = 1_000_000, KeptFrames = 5 })), Is.EqualTo(5));
    }

    [Test]
    public void A_frame_that_is_larger_than_all_room_is_let_in_alone()
    {
        var outbox = Make(new() { KeptDataBytes = 500 });
        Assert.That(Fill(outbox), Is.EqualTo(1));
    }

    [Test]
    public void A_frame_that_no_socket_would_take_is_refused_with_a_reason()
    {
        var outbox = Make(new() { LargestFrame = 500 });
        Assert.That(() => outbox.TrySend(NumberedFrame.Write(_pool, Header, 1, 600 / 16 * 16)), Throws.ArgumentException.With.Message.Contain("500"));
        Assert.That(outbox.WaitingFrames, Is.Zero);
    }

    [Test]
    public void Room_is_told_once_to_who_was_refused_and_when_a_quarter_is_free()
    {
        var outbox = Make(new() { KeptFrames = 8 });
        var frames = Fill(outbox);
        Assert.That(frames, Is.EqualTo(8));
        Release(outbox, 1);
        Assert.That(outbox.TakeRoomWanted(), Is.False);
        Release(outbox, 1);
        Assert.That((outbox.TakeRoomWanted(), outbox.TakeRoomWanted()), Is.EqualTo((true, false)));
    }

    [Test]
    public void Once_closed_it_takes_and_drops_everything()
    {
        var outbox = Make(new());
        Fill(outbox, 3);
        outbox.Close();
        Assert.That((outbox.WaitingFrames, outbox.TryTake()), Is.EqualTo((0, (FrameBuffer?)null)));
        Assert.That(Fill(outbox, 3), Is.EqualTo(3));
        Assert.That(outbox.WaitingFrames, Is.Zero);
    }

    [Test]
    public void Every_frame_taken_wakes_the_link_thread()
    {
        var outbox = Make(new());
        Fill(outbox, 4);
        Assert.That(_wakes, Is.EqualTo(4));
    }

    /// <summary>One thread hands over and waits for word of room; the other releases. A word too few, and neither goes on.</summary>
    [Test]
    public void Between_two_threads_no_word_of_room_is_lost()
    {
        const int Frames = 20_000;
        var outbox = Make(new() { KeptFrames = 2 });
        using var room = new SemaphoreSlim(0);
        TwoThreads.Run(
            () =>
            {
                for (var i = 0; i < Frames; i++)
                {
                    var frame = NumberedFrame.Write(_pool, Header, (uint)i);
                    while (!outbox.TrySend(frame))
                        if (!room.Wait(TimeSpan.FromSeconds(50))) Assert.Fail("No word of room came.");
                }
            },
            () =>
            {
                for (var i = 0; i < Frames;)
                {
                    if (outbox.TryTake() is { } frame)
                    {
                        Assert.That(NumberedFrame.Read(frame.WrittenSpan), Is.EqualTo(i++));
                        outbox.Release(frame);
                    }
                    else
                    {
                        Thread.Yield();
                    }

                    if (outbox.TakeRoomWanted()) room.Release();
                }
            });
        Assert.That(outbox.WaitingFrames, Is.Zero);
    }

    [Test]
    public void A_frame_handed_over_and_given_back_allocates_nothing()
    {
        var outbox = Make(new());
        var writer = new FrameWriter(_pool);
        var message = new byte[160];
        long Measure()
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var i = 0; i < 2_000; i++)
            {
                writer.Begin(outbox.Header);
                writer.WriteAcks(1, 0, message, []);
                outbox.TrySend(writer.Finish());
                outbox.Release(outbox.TryTake()!);
            }

            return GC.GetAllocatedBytesForCurrentThread() - before;
        }

        Measure();
        Assert.That(Measure(), Is.Zero);
    }

    private static void Release(Outbox outbox, int frames)
    {
        for (var i = 0; i < frames; i++) outbox.Release(outbox.TryTake()!);
    }

    private int Fill(Outbox outbox, int most = 100)
    {
        var taken = 0;
        while (taken < most && outbox.TrySend(NumberedFrame.Write(_pool, Header, 1))) taken++;
        return taken;
    }

    private Outbox Make(LinkOptions options) => new(Peer, LinkConnection.Data, Header, options, _pool, () => Interlocked.Increment(ref _wakes));
}
