namespace Topology.Messaging.Tests;

/// <summary>Counts what the link thread allocates between two frames.</summary>
internal sealed class MeasuringHandler : ILinkHandler
{
    private int _frames;
    private int _first;
    private int _last;
    private long _before;

    /// <summary>How many bytes it were.</summary>
    public TaskCompletionSource<long> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Measure(int first, int last) => (_first, _last) = (first, last);

    public WireError OnFrame(LinkPeer peer, LinkConnection connection, ReadOnlySpan<byte> frame)
    {
        _frames++;
        if (_frames == _first) _before = GC.GetAllocatedBytesForCurrentThread();
        if (_frames == _last) Done.SetResult(GC.GetAllocatedBytesForCurrentThread() - _before);
        return WireError.None;
    }

    public void OnCredits(LinkPeer peer, ReadOnlySpan<Credit> credits)
    {
    }

    public void WriteCredits(LinkPeer peer, FrameWriter frame)
    {
    }

    public void OnRoom(LinkPeer peer, LinkConnection connection)
    {
    }

    public void OnUp(LinkPeer peer)
    {
    }

    public void OnLeft(LinkPeer peer)
    {
    }

    public void OnLost(LinkLost lost)
    {
    }
}
