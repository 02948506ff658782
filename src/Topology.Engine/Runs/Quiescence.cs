namespace Topology.Engine;

/// <summary>
/// Tells when nothing is on its way any more, by Mattern's four-counter method ("Algorithms for distributed termination detection", 1987): two looks, one after the other, that
/// find as many rows sent as worked off, and the same numbers both times. It covers untracked, unanchored and tick output, which no acker sees.
/// </summary>
internal sealed class Quiescence(Worker worker)
{
    private long _lastSent = -1;
    private long _lastDone = -1;

    /// <summary>Rows sent and not worked off, wherever they are; an estimate while there are any.</summary>
    public long RowsOnTheWay
    {
        get
        {
            var done = Done;
            return Math.Max(0, Sent - done);
        }
    }

    private long Done => worker.Bolts.Sum(b => b.RowsOut);

    /// <summary>Rows sent to bolts that run here: by tasks that do, to others apart, and by others.</summary>
    private long Sent
    {
        get
        {
            // What has left is read before what was emitted, so that rows which leave meanwhile are not missed.
            var away = worker.Bolts.Sum(b => b.Outputs.RowsHandedOver) + worker.Spouts.Sum(s => s.Outputs.RowsHandedOver);
            return worker.RowsReceived - away + worker.Bolts.Sum(b => b.Tasks.Sum(t => t.Counters.Transferred)) + worker.Spouts.Sum(s => s.Tasks.Sum(t => t.Counters.Transferred));
        }
    }

    public void Reset() => _lastSent = _lastDone = -1;

    /// <summary>Looks once. True when this look and the one before say that all is quiet.</summary>
    public bool Look()
    {
        var done = Done;
        var sent = Sent;
        var isQuiet = sent == done && sent == _lastSent && done == _lastDone
            && worker.Bolts.All(b => b.HeldCount == 0 && b.Mailbox.IsEmpty);
        _lastSent = sent;
        _lastDone = done;
        return isQuiet;
    }
}
