using System.Net;
using System.Net.Sockets;

namespace Topology.Messaging;

/// <summary>Two connected sockets of the loopback interface: works wherever zmq_poll does.</summary>
internal sealed class SocketPairSignal : PollSignal
{
    private readonly Socket _write = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly Socket _read;

    /// <exception cref="SocketException">The loopback interface or the file descriptors are lacking.</exception>
    public SocketPairSignal()
    {
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen(1);
        _write.Connect(listener.LocalEndPoint!);
        _read = AcceptOwn(listener);
        _write.NoDelay = true;
        _write.Blocking = false;
        _read.Blocking = false;
        Descriptor = _read.Handle;
    }

    public override nint Descriptor { get; }

    // A pipe that is full is readable, so a byte that found no room is none too few.
    public override void Signal() => _write.Send([1], SocketFlags.None, out _);

    public override void Drain()
    {
        Span<byte> bytes = stackalloc byte[256];
        while (_read.Receive(bytes, SocketFlags.None, out var error) > 0 && error == SocketError.Success)
        {
        }
    }

    public override void Dispose()
    {
        _write.Dispose();
        _read.Dispose();
    }

    /// <summary>Another process may connect to the listener first: it is turned away.</summary>
    private Socket AcceptOwn(Socket listener)
    {
        while (true)
        {
            var accepted = listener.Accept();
            if (accepted.RemoteEndPoint!.Equals(_write.LocalEndPoint)) return accepted;
            accepted.Dispose();
        }
    }
}
