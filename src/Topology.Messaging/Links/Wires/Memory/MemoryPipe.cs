namespace Topology.Messaging;

/// <summary>One connection of a <see cref="MemoryNetwork"/>, from its making to its break: frames arrive in order, or not at all from some frame on.</summary>
/// <param name="sender">Who it is that sends.</param>
internal sealed class MemoryPipe(byte[] sender)
{
    private readonly Queue<byte[]> _frames = new();

    /// <summary>Who it is that sends.</summary>
    public byte[] Sender { get; } = sender;

    /// <summary>Frames that have left.</summary>
    public int Count => _frames.Count;

    /// <summary>How many of them have arrived.</summary>
    public int Arrived { get; set; }

    /// <summary>Whether more can leave.</summary>
    public bool IsOpen { get; private set; } = true;

    /// <summary>A frame leaves.</summary>
    public void Send(ReadOnlySpan<byte> frame) => _frames.Enqueue(frame.ToArray());

    /// <summary>Takes a frame that has arrived.</summary>
    public byte[] Take()
    {
        Arrived--;
        return _frames.Dequeue();
    }

    /// <summary>Breaks it: of what has left only so many frames ever arrive.</summary>
    /// <returns>How many are lost.</returns>
    public int Break(int survivors)
    {
        IsOpen = false;
        var lost = _frames.Count - survivors;
        var kept = _frames.Take(survivors).ToArray();
        _frames.Clear();
        foreach (var frame in kept) _frames.Enqueue(frame);
        Arrived = Math.Min(Arrived, survivors);
        return lost;
    }
}
