using System.Runtime.InteropServices;

namespace Topology.Messaging;

/// <summary>
/// Waits on many sockets and file descriptors at once. Used by one thread, which owns all its sockets. It calls nobody back: after
/// <see cref="Poll"/> the caller asks which are ready, and reads each until it is empty or a bound is reached.
/// </summary>
internal sealed unsafe class NetMQPoller : IDisposable
{
    private readonly List<(NetMQSocket? Socket, nint Descriptor)> _entries = [];
    private byte* _items;
    private int _capacity;

    /// <summary>How many sockets and file descriptors it waits on. Their order changes with a removal.</summary>
    public int Count => _entries.Count;

    /// <summary>How many times a signal interrupted a wait, which then went on.</summary>
    public long Interruptions { get; private set; }

    public void Add(NetMQSocket socket, PollEvents events) => Add(socket, 0, events);

    public void Add(nint descriptor, PollEvents events) => Add(null, descriptor, events);

    /// <summary>Wakes up when the signal is given. The caller drains it.</summary>
    public void Add(PollSignal signal) => Add(signal.Descriptor, PollEvents.In);

    /// <summary>Waits for something else on a socket from now on, such as room to send.</summary>
    /// <exception cref="InvalidOperationException">It was never added.</exception>
    public void Change(NetMQSocket socket, PollEvents events) => Write(IndexOf(socket, 0), events);

    /// <exception cref="InvalidOperationException">It was never added.</exception>
    public void Remove(NetMQSocket socket) => RemoveAt(IndexOf(socket, 0));

    /// <exception cref="InvalidOperationException">It was never added.</exception>
    public void Remove(nint descriptor) => RemoveAt(IndexOf(null, descriptor));

    /// <summary>Waits until something is ready.</summary>
    /// <param name="timeout">Zero only looks; <see cref="Timeout.InfiniteTimeSpan"/> waits for ever.</param>
    /// <returns>How many are ready; 0 after the timeout.</returns>
    /// <exception cref="InvalidOperationException">A socket belongs to another thread.</exception>
    /// <exception cref="ObjectDisposedException">A socket was closed but not removed.</exception>
    public int Poll(TimeSpan timeout)
    {
        ZmqLibrary.Require();
        foreach (var (socket, _) in _entries) _ = socket?.Owned;
        var (ready, interruptions) = PollItems.Poll(_items, _entries.Count, timeout);
        Interruptions += interruptions;
        return ready;
    }

    /// <summary>What the last <see cref="Poll"/> found at an index below <see cref="Count"/>, and the socket, null for a file descriptor.</summary>
    public (NetMQSocket? Socket, PollEvents Ready) this[int index] => (_entries[index].Socket, PollItems.Ready(At(index)));

    /// <summary>What the last <see cref="Poll"/> found for a socket. Looks through all of them.</summary>
    public PollEvents ReadyOf(NetMQSocket socket) => PollItems.Ready(At(IndexOf(socket, 0)));

    /// <summary>What the last <see cref="Poll"/> found for a file descriptor. Looks through all of them.</summary>
    public PollEvents ReadyOf(nint descriptor) => PollItems.Ready(At(IndexOf(null, descriptor)));

    /// <summary>Frees its memory. The sockets stay open.</summary>
    public void Dispose()
    {
        NativeMemory.Free(_items);
        _items = null;
        _capacity = 0;
        _entries.Clear();
    }

    private void Add(NetMQSocket? socket, nint descriptor, PollEvents events)
    {
        if (_entries.Contains((socket, descriptor))) throw new InvalidOperationException("It is polled already.");
        if (_entries.Count == _capacity) Grow();
        _entries.Add((socket, descriptor));
        Write(_entries.Count - 1, events);
    }

    private void Write(int index, PollEvents events)
    {
        var (socket, descriptor) = _entries[index];
        PollItems.Write(At(index), socket?.Owned ?? 0, descriptor, events);
    }

    private int IndexOf(NetMQSocket? socket, nint descriptor)
    {
        var index = _entries.IndexOf((socket, descriptor));
        return index >= 0 ? index : throw new InvalidOperationException("It is not polled.");
    }

    private void RemoveAt(int index)
    {
        var last = _entries.Count - 1;
        At(last).CopyTo(At(index));
        _entries[index] = _entries[last];
        _entries.RemoveAt(last);
    }

    private Span<byte> At(int index) => new(_items + index * PollItems.ItemSize, PollItems.ItemSize);

    private void Grow()
    {
        _capacity = Math.Max(8, _capacity * 2);
        _items = (byte*)NativeMemory.Realloc(_items, (nuint)(_capacity * PollItems.ItemSize));
    }
}
