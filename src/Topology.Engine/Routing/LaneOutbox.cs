using Topology.Messaging;

namespace Topology.Engine;

/// <summary>What one executor has for one loop of its own worker.</summary>
internal sealed class LaneOutbox(EventLoop loop, int sender, Lane lane) : Outbox(lane.Pool)
{
    private bool _hasPut;

    protected override bool TryPut(TupleBatch batch)
    {
        if (!lane.TryPut(batch)) return false;
        _hasPut = true;
        return true;
    }

    protected override void WaitForRoom() => lane.WaitForRoom();

    // The receiver's loop may begin at once.
    protected override void NotePut() => TryAnnounce();

    protected override bool TryAnnounce()
    {
        if (!_hasPut) return true;
        _hasPut = false;
        loop.LaneReady(sender);
        return true;
    }
}
