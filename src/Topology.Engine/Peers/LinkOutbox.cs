using Topology.Messaging;

namespace Topology.Engine;

/// <summary>What one executor has for another worker. Rows are encoded on the executor's thread, into frames that leave when they are large enough or the turn ends.</summary>
internal sealed class LinkOutbox(Peer peer, int sender) : Outbox(peer.LaneFrom(sender).Pool)
{
    private FrameWriter? _writer;
    private FrameBuffer? _finished;
    private bool _isOpen;
    private ulong _sequence;

    // The first row of the batch in front that is not in a frame yet.
    private int _row;

    private FrameWriter Writer => _writer ??= new FrameWriter(peer.Link.RowBuffers);

    protected override bool TryPut(TupleBatch batch)
    {
        while (_row < batch.Count)
        {
            if (!TrySendFinished()) return false;
            Open();
            var next = Writer.WriteRows(new Channel((uint)sender, (uint)peer.Number), _sequence, batch, _row);
            if (next == _row && Writer.IsEmpty) throw new TopologyException($"A row is larger than {FrameBuffer.Largest:N0} bytes, the largest frame. Lower topology.max-value.");
            if (next > _row) _sequence++;
            _row = next;
            if (_row < batch.Count || !Writer.HasRoom) Finish();
        }

        _row = 0;
        batch.Release(batch.RunCount);
        return true;
    }

    protected override void WaitForRoom() => peer.Link.WaitForRoom(sender);

    protected override bool TryAnnounce()
    {
        if (!TrySendFinished()) return AskForRoom();
        if (!_isOpen) return true;
        Finish();
        return TrySendFinished() || AskForRoom();
    }

    private bool AskForRoom()
    {
        WaitForRoom();
        return TrySendFinished();
    }

    private bool TrySendFinished()
    {
        if (_finished is null) return true;
        if (!peer.Link.TrySendRows(_finished)) return false;
        _finished = null;
        return true;
    }

    private void Open()
    {
        if (_isOpen) return;
        Writer.Begin(peer.Link.Header);
        _isOpen = true;
    }

    private void Finish()
    {
        _finished = Writer.Finish();
        _isOpen = false;
    }
}
