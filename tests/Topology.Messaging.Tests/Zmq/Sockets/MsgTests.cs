namespace Topology.Messaging.Tests;

public sealed class MsgTests : ZmqFixture
{
    [Test]
    public void A_message_that_holds_nothing_is_an_exception_and_does_not_end_the_process()
    {
        Assert.That(() => new Msg().Size, Throws.TypeOf<InvalidOperationException>());
        Assert.That(() => new Msg().HasMore, Throws.TypeOf<InvalidOperationException>());
        Assert.That(() => ReadClosed(), Throws.TypeOf<InvalidOperationException>());
    }

    [Test]
    public void A_close_is_harmless_a_second_time_and_before_the_first_receive()
    {
        Msg frame = default;
        frame.Close();
        var socket = Use(new PairSocket());
        Assert.That(socket.TryReceive(ref frame), Is.False);
        frame.Close();
        frame.Close();
    }

    [Test]
    public void A_message_is_received_into_again_and_again()
    {
        var one = Use(new PairSocket());
        one.Bind("inproc://again");
        var other = Use(new PairSocket());
        other.Connect("inproc://again");
        Msg frame = default;
        foreach (var size in new[] { 0, 1, 33, 34, 70_000, 2 })
        {
            Send(other, new byte[size]);
            Assert.That(one.TryReceive(ref frame), Is.True);
            Assert.That(frame.Size, Is.EqualTo(size));
            Assert.That(frame.UserId.IsEmpty, Is.True);
        }

        frame.Close();
    }

    private static int ReadClosed()
    {
        using var socket = new PairSocket();
        Msg frame = default;
        socket.TryReceive(ref frame);
        frame.Close();
        return frame.Data.Length;
    }
}
