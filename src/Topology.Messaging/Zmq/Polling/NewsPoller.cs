namespace Topology.Messaging;

/// <summary>
/// Waits on many sockets by the one descriptor that each has for news of all kinds (ZMQ_FD, zmq_getsockopt(3)): one system call for all of them, where
/// <see cref="NetMQPoller"/> needs two for each. In exchange news is told of once: a socket that has some is read until it is empty, or asked. Until then a wait ends at once.
/// </summary>
/// <remarks>Used by one thread, which owns all its sockets.</remarks>
internal sealed class NewsPoller : IDisposable
{
    private readonly NetMQPoller _poller = new();

    // In the order of the poller's entries; null for a signal.
    private readonly List<SocketNews?> _entries = [];

    /// <summary>Waits for a socket's news as well.</summary>
    public SocketNews Add(NetMQSocket socket)
    {
        var news = new SocketNews(socket);
        _poller.Add(news.Descriptor, PollEvents.In);
        _entries.Add(news);
        return news;
    }

    /// <summary>Wakes up when the signal is given. The caller drains it.</summary>
    public void Add(PollSignal signal)
    {
        _poller.Add(signal);
        _entries.Add(null);
    }

    /// <summary>To be called before the socket is closed.</summary>
    /// <exception cref="InvalidOperationException">It was never added.</exception>
    public void Remove(SocketNews news)
    {
        _poller.Remove(news.Descriptor);
        _entries[_entries.IndexOf(news)] = _entries[^1];
        _entries.RemoveAt(_entries.Count - 1);
    }

    /// <summary>Waits until a socket has news, which is noted with it, or a signal is given. Only looks where a socket has news that its owner has not taken in.</summary>
    /// <param name="timeout">Zero only looks; <see cref="Timeout.InfiniteTimeSpan"/> waits for ever.</param>
    /// <returns>Whether a signal is given, which the caller has to drain.</returns>
    public bool Poll(TimeSpan timeout)
    {
        if (_poller.Poll(HasPending ? TimeSpan.Zero : timeout) == 0) return false;
        var isSignalled = false;
        for (var i = 0; i < _entries.Count; i++)
        {
            if (_poller[i].Ready == PollEvents.None) continue;
            if (_entries[i] is { } news) news.IsPending = true;
            else isSignalled = true;
        }

        return isSignalled;
    }

    /// <summary>Frees its memory. The sockets stay open.</summary>
    public void Dispose() => _poller.Dispose();

    private bool HasPending
    {
        get
        {
            foreach (var news in _entries)
                if (news is { IsPending: true }) return true;
            return false;
        }
    }
}
