namespace Topology.Messaging.Tests;

/// <summary>For tests with real sockets. Where there is no libzmq they are skipped, and the reason is the line that installs it.</summary>
public abstract class ZmqFixture
{
    /// <summary>Past any real wait: it makes a failure of a hang.</summary>
    protected static readonly TimeSpan Long = TimeSpan.FromSeconds(30);

    private readonly Stack<IDisposable> _made = [];

    [OneTimeSetUp]
    public void RequireLibrary()
    {
        try
        {
            ZmqLibrary.Require();
        }
        catch (TopologyException missing)
        {
            Assert.Ignore(missing.Message);
        }
    }

    [TearDown]
    public void DisposeAll()
    {
        while (_made.TryPop(out var made)) made.Dispose();
    }

    /// <summary>Disposes of it after the test, the last one first.</summary>
    protected T Use<T>(T made)
        where T : IDisposable
    {
        _made.Push(made);
        return made;
    }

    private protected static void Send(NetMQSocket socket, params ReadOnlySpan<byte> data) =>
        Assert.That(socket.TrySendFrame(Long, data), Is.True, "The frame found no room.");

    private protected static byte[] Receive(NetMQSocket socket)
    {
        Msg frame = default;
        try
        {
            Assert.That(socket.TryReceiveFrame(ref frame, Long), Is.True, "No frame came.");
            return frame.Data.ToArray();
        }
        finally
        {
            frame.Close();
        }
    }

    private protected static bool HasNothing(NetMQSocket socket)
    {
        Msg frame = default;
        var received = socket.TryReceive(ref frame);
        frame.Close();
        return !received;
    }

    /// <summary>Reads events until one of that kind comes, and returns it.</summary>
    private protected static SocketEvent Await(NetMQMonitor monitor, SocketEvents kinds)
    {
        while (true)
        {
            if (monitor.TryRead(out var read))
            {
                if ((read.Kind & kinds) != 0) return read;
            }
            else if (monitor.Socket.Poll(PollEvents.In, Long) == PollEvents.None)
            {
                Assert.Fail($"No {kinds} came.");
            }
        }
    }
}
