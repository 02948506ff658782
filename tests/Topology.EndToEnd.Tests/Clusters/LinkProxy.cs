using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Topology.EndToEnd.Tests;

/// <summary>Leads the TCP links of workers through this process, so that a test can break them one by one.</summary>
internal sealed class LinkProxy : IAsyncDisposable
{
    /// <summary>More than a handshake takes, so that frames have gone over a connection.</summary>
    private const int BytesOfHandshake = 2_000;

    private readonly ConcurrentDictionary<string, TcpListener> _listeners = new(StringComparer.Ordinal);
    private readonly ConcurrentBag<Task> _tasks = [];
    private readonly Lock _lock = new();
    private readonly List<ProxiedConnection> _connections = [];
    private long _passedBefore;
    private bool _isDisposed;

    /// <summary>Bytes that were passed on to workers, in all.</summary>
    public long Passed
    {
        get
        {
            lock (_lock) return _passedBefore + _connections.Sum(connection => connection.Passed);
        }
    }

    /// <summary>Connections that frames have gone over, and that nothing has befallen.</summary>
    public IReadOnlyList<ProxiedConnection> Working
    {
        get
        {
            lock (_lock)
            {
                _passedBefore += _connections.Where(connection => connection.IsOver).Sum(connection => connection.Passed);
                _connections.RemoveAll(connection => connection.IsOver);
                return [.. _connections.Where(connection => connection.Passed > BytesOfHandshake && !connection.IsDeaf)];
            }
        }
    }

    /// <summary>How others reach a worker through this: the same for the same worker.</summary>
    /// <param name="endpoint">Where it is: its addresses, then its key.</param>
    public string Lead(string endpoint) =>
        string.Join(' ', endpoint.Split(' ').Select(part => part.StartsWith("tcp://", StringComparison.Ordinal) ? AddressOf(_listeners.GetOrAdd(part, Listen)) : part));

    public async ValueTask DisposeAsync()
    {
        lock (_lock) _isDisposed = true;
        foreach (var listener in _listeners.Values) listener.Dispose();
        lock (_lock) _connections.ForEach(connection => connection.Reset());
        while (_tasks.TryTake(out var task)) await task.WaitAsync(TestCluster.Limit);
    }

    private static string AddressOf(TcpListener listener) => string.Create(CultureInfo.InvariantCulture, $"tcp://{listener.LocalEndpoint}");

    private TcpListener Listen(string address)
    {
        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        _tasks.Add(AcceptAsync(listener, new IPEndPoint(IPAddress.Loopback, int.Parse(address[(address.LastIndexOf(':') + 1)..], CultureInfo.InvariantCulture))));
        return listener;
    }

    private async Task AcceptAsync(TcpListener listener, IPEndPoint target)
    {
        try
        {
            while (true) await ConnectAsync(await listener.AcceptSocketAsync(), target);
        }
        catch (Exception ended) when (ended is SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // The end of the test.
        }
    }

    private async Task ConnectAsync(Socket from, IPEndPoint target)
    {
        var to = new Socket(target.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await to.ConnectAsync(target);
        }
        catch (SocketException)
        {
            from.Dispose();
            to.Dispose();
            return;
        }

        var connection = new ProxiedConnection(from, to);
        lock (_lock)
        {
            if (_isDisposed) connection.Reset();
            else _connections.Add(connection);
        }

        _tasks.Add(connection.RunAsync());
    }
}
