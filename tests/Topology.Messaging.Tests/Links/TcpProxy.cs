using System.Net;
using System.Net.Sockets;

namespace Topology.Messaging.Tests;

/// <summary>Stands between a worker and those who connect to it, and lets the test break what goes through.</summary>
internal sealed class TcpProxy : IDisposable
{
    private readonly object _lock = new();
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly int _target;
    private readonly List<(Socket Client, Socket Server)> _pairs = [];
    private readonly List<Task> _tasks = [];
    private TaskCompletionSource _open = Opened();
    private bool _isDisposed;

    /// <param name="endpoint">Where to pass everything on to.</param>
    public TcpProxy(string endpoint)
    {
        _target = int.Parse(endpoint.AsSpan(endpoint.LastIndexOf(':') + 1));
        _listener.Start();
        Run(AcceptAsync());
    }

    public string Endpoint => $"tcp://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";

    /// <summary>Connections that were cut.</summary>
    public int Cuts { get; private set; }

    /// <summary>Passes nothing on until the release.</summary>
    public void Hold()
    {
        lock (_lock) _open = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    public void Release()
    {
        lock (_lock) _open.TrySetResult();
    }

    /// <summary>Ends all connections at once: with what is on its way, or by a reset.</summary>
    public void Cut(bool reset)
    {
        lock (_lock)
        {
            foreach (var (client, server) in _pairs)
            {
                Cuts++;
                foreach (var socket in new[] { client, server })
                {
                    if (reset) socket.LingerState = new(true, 0);
                    socket.Dispose();
                }
            }

            _pairs.Clear();
        }
    }

    public void Dispose()
    {
        lock (_lock) _isDisposed = true;
        _listener.Stop();
        Release();
        Cut(reset: true);
        Task[] tasks;
        lock (_lock) tasks = [.. _tasks];
        Task.WaitAll(tasks);
        _listener.Dispose();
    }

    private static TaskCompletionSource Opened()
    {
        var open = new TaskCompletionSource();
        open.SetResult();
        return open;
    }

    private void Run(Task task)
    {
        lock (_lock) _tasks.Add(task);
    }

    private async Task AcceptAsync()
    {
        while (true)
        {
            Socket client;
            try
            {
                client = await _listener.AcceptSocketAsync();
            }
            catch (Exception ended) when (ended is SocketException or ObjectDisposedException)
            {
                return;
            }

            Connect(client);
        }
    }

    private void Connect(Socket client)
    {
        var server = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        server.Connect(IPAddress.Loopback, _target);
        lock (_lock)
        {
            _pairs.Add((client, server));
            _tasks.Add(PumpAsync(client, server));
            _tasks.Add(PumpAsync(server, client));
        }

        if (_isDisposed) Cut(reset: true);
    }

    private async Task PumpAsync(Socket from, Socket to)
    {
        var buffer = new byte[4096];
        try
        {
            while (true)
            {
                var count = await from.ReceiveAsync(buffer, SocketFlags.None);
                if (count == 0) break;
                Task open;
                lock (_lock) open = _open.Task;
                await open;
                for (var sent = 0; sent < count;) sent += await to.SendAsync(buffer.AsMemory(sent, count - sent), SocketFlags.None);
            }
        }
        catch (Exception cut) when (cut is SocketException or ObjectDisposedException)
        {
            return;
        }

        try
        {
            to.Shutdown(SocketShutdown.Send);
        }
        catch (Exception gone) when (gone is SocketException or ObjectDisposedException)
        {
        }
    }
}
