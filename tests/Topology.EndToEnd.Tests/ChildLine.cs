using System.Net.Sockets;

namespace Topology.EndToEnd.Tests;

/// <summary>The socket by which a test tells a child what to do. The child ends when it is closed.</summary>
public sealed class ChildLine : IDisposable
{
    private readonly Socket _listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private NetworkStream? _stream;
    private StreamReader? _reader;
    private StreamWriter? _writer;

    public ChildLine(string path)
    {
        Path = path;
        _listener.Bind(new UnixDomainSocketEndPoint(path));
        _listener.Listen();
    }

    public static string Program { get; } = System.IO.Path.Combine(AppContext.BaseDirectory, "Topology.EndToEnd.Child.dll");

    public string Path { get; }

    public async Task ConnectAsync(TimeSpan limit)
    {
        _stream = new NetworkStream(await _listener.AcceptAsync().WaitAsync(limit), ownsSocket: true);
        _reader = new StreamReader(_stream);
        _writer = new StreamWriter(_stream) { AutoFlush = true };
        Assert.That(await _reader.ReadLineAsync().WaitAsync(limit), Is.EqualTo("ready"));
    }

    /// <summary>Tells the child something, and waits for its answer.</summary>
    public async Task<string> AskAsync(string command)
    {
        await _writer!.WriteLineAsync(command);
        return await _reader!.ReadLineAsync() ?? throw new InvalidOperationException($"The child ended over '{command}'.");
    }

    /// <summary>Tells the child something that it does not come back from.</summary>
    public Task TellAsync(string command) => _writer!.WriteLineAsync(command);

    /// <summary>Has the child end.</summary>
    public void Hang() => _stream!.Dispose();

    public void Dispose()
    {
        _stream?.Dispose();
        _listener.Dispose();
    }
}
