using System.Collections.Concurrent;
using Topology.Messaging;

namespace Topology.Engine.Tests;

/// <summary>A link that keeps frames until they are taken, and has room for as many frames of rows as it is told.</summary>
internal sealed class MemoryLink(Worker sender, FrameHeader header) : IPeerLink
{
    private readonly ConcurrentQueue<FrameBuffer> _rows = new();
    private readonly ConcurrentQueue<FrameBuffer> _control = new();
    private readonly ConcurrentDictionary<int, bool> _waiters = new();
    private int _room = int.MaxValue;
    private int _rowFrames;
    private int _controlFrames;

    public FrameHeader Header { get; } = header;

    public FrameBufferPool RowBuffers { get; } = new();

    public FrameBufferPool ControlBuffers { get; } = new(1024);

    /// <summary>How often it had no room.</summary>
    public int Refusals { get; private set; }

    /// <summary>How many frames of rows it was given, taken ones alone.</summary>
    public int RowFrames => Volatile.Read(ref _rowFrames);

    /// <summary>How many frames of acks and credits it was given.</summary>
    public int ControlFrames => Volatile.Read(ref _controlFrames);

    /// <summary>How many frames of rows may wait.</summary>
    public int Room
    {
        get => Volatile.Read(ref _room);
        set => Volatile.Write(ref _room, value);
    }

    public bool TrySendRows(FrameBuffer frame)
    {
        if (_rows.Count >= Room)
        {
            Refusals++;
            return false;
        }

        Interlocked.Increment(ref _rowFrames);
        _rows.Enqueue(frame);
        return true;
    }

    public void WaitForRoom(int executor) => _waiters[executor] = true;

    public void SendControl(FrameBuffer frame)
    {
        Interlocked.Increment(ref _controlFrames);
        _control.Enqueue(frame);
    }

    /// <summary>Hands on what waits, acks and credits first. True when there was something.</summary>
    public bool Deliver(PeerInput receiver)
    {
        var any = false;
        while (_control.TryDequeue(out var frame) || _rows.TryDequeue(out frame))
        {
            any = true;
            Assert.That(receiver.Take(frame.WrittenSpan), Is.EqualTo(WireError.None));
            frame.Written = 0;
            foreach (var waiter in _waiters.Keys)
                if (_waiters.TryRemove(waiter, out _)) sender.Executors[waiter].Wake();
        }

        return any;
    }
}
