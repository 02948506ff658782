namespace Topology.Messaging.Tests;

public sealed class ZmqContextTests : ZmqFixture
{
    [Test]
    public void There_is_one_for_the_process_and_it_outlives_its_sockets()
    {
        var context = ZmqContext.Instance;
        new PairSocket().Dispose();
        Assert.That(ZmqContext.Instance, Is.SameAs(context));
        Assert.That(context.IsClosed, Is.False);
        new PairSocket().Dispose();
    }

    [Test]
    public void There_is_room_for_more_sockets_than_by_default()
    {
        var sockets = Enumerable.Range(0, 1_100).Select(_ => Use(new PairSocket())).ToList();
        Assert.That(sockets, Has.All.Property("IsDisposed").False);
    }
}
