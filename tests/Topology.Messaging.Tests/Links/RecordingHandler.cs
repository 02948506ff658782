namespace Topology.Messaging.Tests;

/// <summary>Writes down all that links tell. Any thread may wait for something.</summary>
internal sealed class RecordingHandler : ILinkHandler
{
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(60);

    private readonly object _lock = new();
    private readonly List<(uint From, LinkConnection Connection, uint Number)> _frames = [];
    private readonly List<string> _events = [];
    private readonly List<Credit> _credits = [];
    private readonly List<LinkLost> _losses = [];

    /// <summary>Called with each frame before it is written down, on the link thread.</summary>
    public Func<LinkPeer, LinkConnection, byte[], WireError>? Intercept { get; set; }

    /// <summary>What hellos and heartbeats repeat.</summary>
    public Credit[] Repeated { get; set; } = [];

    /// <summary>How often that was asked for.</summary>
    public int Beats { get; private set; }

    public IReadOnlyList<string> Events => Copy(_events);

    public IReadOnlyList<Credit> Credits => Copy(_credits);

    public IReadOnlyList<LinkLost> Losses => Copy(_losses);

    public IReadOnlyList<(uint From, LinkConnection Connection, uint Number)> Frames => Copy(_frames);

    /// <summary>The numbers of the frames that came from a worker on a connection, in order.</summary>
    public IReadOnlyList<uint> NumbersFrom(uint worker, LinkConnection connection) =>
        [.. Frames.Where(frame => frame.From == worker && frame.Connection == connection).Select(frame => frame.Number)];

    public WireError OnFrame(LinkPeer peer, LinkConnection connection, ReadOnlySpan<byte> frame)
    {
        var error = Intercept?.Invoke(peer, connection, frame.ToArray()) ?? WireError.None;
        var number = NumberedFrame.Read(frame);
        Do(() => _frames.Add((peer.Worker, connection, number)));
        return error;
    }

    public void OnCredits(LinkPeer peer, ReadOnlySpan<Credit> credits)
    {
        var copy = credits.ToArray();
        Do(() => _credits.AddRange(copy));
    }

    public void WriteCredits(LinkPeer peer, FrameWriter frame)
    {
        if (Repeated.Length > 0) frame.WriteCredits(Repeated);
        Do(() => Beats++);
    }

    public void OnRoom(LinkPeer peer, LinkConnection connection) => Note($"room {peer.Worker} {connection}");

    /// <summary>The generations that began, and how many events had come before each.</summary>
    public List<(ulong Generation, int Before)> Generations { get; } = [];

    public void OnGeneration(ulong generation) => Do(() => Generations.Add((generation, _events.Count)));

    public void OnUp(LinkPeer peer) => Note($"up {peer.Worker}");

    public void OnLeft(LinkPeer peer) => Note($"left {peer.Worker}");

    public void OnLost(LinkLost lost)
    {
        Do(() => _losses.Add(lost));
        Note($"lost {lost.Peer.Worker} {lost.Reason}");
    }

    /// <summary>Waits until something is so. A failure after long past any real wait.</summary>
    public void Await(Func<RecordingHandler, bool> condition)
    {
        lock (_lock)
            while (!condition(this))
                if (!Monitor.Wait(_lock, Long)) Assert.Fail($"It never came. There were {_frames.Count} frames, and: {string.Join(", ", _events)}");
    }

    /// <summary>Whether something was told, or is before so long has passed.</summary>
    public bool HasEvent(string told, TimeSpan wait)
    {
        lock (_lock) return _events.Contains(told) || (Monitor.Wait(_lock, wait) && _events.Contains(told));
    }

    public void AwaitEvent(string told) => Await(handler => handler._events.Contains(told));

    public void AwaitFrames(int count) => Await(handler => handler._frames.Count >= count);

    private void Note(string told) => Do(() => _events.Add(told));

    private void Do(Action act)
    {
        lock (_lock)
        {
            act();
            Monitor.PulseAll(_lock);
        }
    }

    private T[] Copy<T>(List<T> list)
    {
        lock (_lock) return [.. list];
    }
}
