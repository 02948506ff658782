namespace Topology.Messaging.Tests;

public sealed class NativeSlabPoolTests : ZmqFixture
{
    [Test]
    public void Every_slab_is_rented_once_and_then_there_is_none()
    {
        using var pool = new NativeSlabPool(3, 100);
        var slabs = Rent(pool, 3);
        Assert.That(pool.TryRent(out _), Is.False);
        for (var i = 0; i < 3; i++) slabs[i].Bytes.Fill((byte)(i + 1));
        Assert.That(slabs.Select(slab => slab.Bytes.ToArray().Distinct().Single()), Is.EqualTo(new byte[] { 1, 2, 3 }));
        foreach (var slab in slabs) slab.Return();
        foreach (var slab in Rent(pool, 3)) slab.Return();
    }

    [Test]
    public void A_slab_holds_what_was_asked_for_and_no_more_is_sent()
    {
        using var pool = new NativeSlabPool(1, 100);
        pool.TryRent(out var slab);
        Assert.That(slab.Bytes.Length, Is.EqualTo(128));
        Assert.That(() => slab.Length = 129, Throws.TypeOf<ArgumentOutOfRangeException>());
        Assert.That(() => slab.Length = -1, Throws.TypeOf<ArgumentOutOfRangeException>());
        slab.Length = 128;
        slab.Return();
    }

    [Test]
    public void A_slab_that_found_no_room_stays_the_senders_with_what_is_in_it()
    {
        using var pool = new NativeSlabPool(1, 100);
        var push = Use(new PushSocket());
        pool.TryRent(out var slab);
        slab.Length = 50;
        slab.Bytes[..50].Fill(9);
        for (var i = 0; i < 3; i++) Assert.That(push.TrySend(slab), Is.False);
        Assert.That(pool.TryRent(out _), Is.False, "It was given back.");

        var pull = Use(new PullSocket());
        push.Connect($"tcp://127.0.0.1:{pull.BindRandomPort("tcp://127.0.0.1")}");
        Assert.That(push.Poll(PollEvents.Out, Long), Is.EqualTo(PollEvents.Out));
        Assert.That(push.TrySend(slab), Is.True);
        Assert.That(Receive(pull), Has.Length.EqualTo(50).And.All.EqualTo(9));
        Assert.That(SpinWait.SpinUntil(() => pool.TryRent(out slab), Long), Is.True);
        slab.Return();
    }

    [Test]
    public void A_pool_that_is_gone_leaves_the_slabs_that_are_out_whole()
    {
        var pool = new NativeSlabPool(4, 70_000);
        var one = Use(new PairSocket());
        one.Bind("inproc://slabs");
        var other = Use(new PairSocket());
        other.Connect("inproc://slabs");
        foreach (var slab in Rent(pool, 4))
        {
            slab.Bytes[..70_000].Fill(5);
            var filled = slab;
            filled.Length = 70_000;
            Assert.That(one.TrySend(slab), Is.True);
        }

        pool.Dispose();
        Assert.That(() => pool.TryRent(out _), Throws.TypeOf<ObjectDisposedException>());
        for (var i = 0; i < 4; i++) Assert.That(Receive(other), Has.Length.EqualTo(70_000).And.All.EqualTo(5));
    }

    /// <summary>Else a thread that looked before would exchange what it saw for a slab that is out by now.</summary>
    [Test]
    public void A_slab_that_was_taken_and_given_back_is_noticed()
    {
        using var pool = new NativeSlabPool(3, 8);
        var marks = new HashSet<long> { pool.Mark };
        for (var i = 0; i < 100; i++)
        {
            pool.TryRent(out var slab);
            slab.Return();
            Assert.That(marks.Add(pool.Mark), Is.True);
        }
    }

    [Test]
    public void Two_threads_never_hold_the_same_slab()
    {
        using var pool = new NativeSlabPool(3, 8);
        TwoThreads.Run(() => RentAndReturn(pool, 1), () => RentAndReturn(pool, 2));
        foreach (var slab in Rent(pool, 3)) slab.Return();
    }

    private static void RentAndReturn(NativeSlabPool pool, byte mark)
    {
        for (var i = 0; i < 200_000; i++)
        {
            if (!pool.TryRent(out var first)) continue;
            var hasSecond = pool.TryRent(out var second);
            first.Bytes[0] = mark;
            if (hasSecond) second.Bytes[0] = (byte)(mark + 10);
            if (first.Bytes[0] != mark || (hasSecond && second.Bytes[0] != mark + 10)) Assert.Fail("Another thread wrote to it.");
            first.Return();
            if (hasSecond) second.Return();
        }
    }

    private static List<NativeSlab> Rent(NativeSlabPool pool, int count) =>
        [.. Enumerable.Range(0, count).Select(_ => pool.TryRent(out var slab) ? slab : throw new InvalidOperationException("There is none."))];
}
