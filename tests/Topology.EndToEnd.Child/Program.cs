using System.Net.Sockets;

namespace Topology.EndToEnd.Child;

/// <summary>
/// A process that does what a test tells it by a socket, a command a line, and answers each with a line. It ends when the test closes the socket, so none stays if a test is ended.
/// Arguments: the socket's path, then whatever.
/// </summary>
internal static class Program
{
    private static int Main(string[] arguments)
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Connect(new UnixDomainSocketEndPoint(arguments[0]));
        using var stream = new NetworkStream(socket);
        using var reader = new StreamReader(stream);
        using var writer = new StreamWriter(stream) { AutoFlush = true };
        using var commands = new Commands(arguments);
        writer.WriteLine("ready");
        while (reader.ReadLine() is { } line) writer.WriteLine(commands.Run(line));
        return 0;
    }
}
