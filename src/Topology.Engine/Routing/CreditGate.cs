using System.Runtime.CompilerServices;
using Topology.Messaging;

namespace Topology.Engine;

/// <summary>
/// How many more rows one executor may send to another. The receiver publishes how many rows it has done, as an absolute number; the sender looks at it only
/// when its credit has run out. A row that is being worked on may overdraw: its executor takes no further row until the debt is paid.
/// </summary>
internal sealed class CreditGate : IDebt
{
    private readonly int _window;

    // Written by the sender.
    private Lane _lane;
    private long _doneSeen;

    /// <param name="receiver">Whose rows they are.</param>
    /// <param name="lane">The lane from the sender to the receiver's loop.</param>
    /// <param name="credits">The sender's credits, one number for each of its gates.</param>
    /// <param name="index">The place of this gate's among them.</param>
    /// <param name="window">How many rows may be on the way.</param>
    /// <param name="isFeedback">Whether the channel closes a cycle.</param>
    public CreditGate(Executor receiver, Lane lane, int[] credits, int index, int window, bool isFeedback)
    {
        _lane = lane;
        _window = window;
        Receiver = receiver;
        Credits = credits;
        Index = index;
        IsFeedback = isFeedback;
        Available = window;
    }

    public int[] Credits { get; }

    public int Index { get; }

    /// <summary>Rows that may still be sent; negative when overdrawn.</summary>
    public ref int Available => ref Credits[Index];

    public bool IsListed { get; set; }

    /// <summary>Whether the channel closes a cycle: it never holds its sender back, and has a limit instead.</summary>
    public bool IsFeedback { get; }

    public Executor Receiver { get; }

    /// <summary>How many rows the receiver says it has done. Read by other threads as well.</summary>
    public long Done => _lane.DoneBy(Receiver.Place);

    /// <summary>Whether a row can be sent without overdrawing.</summary>
    public bool HasRoom
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Available > 0 || Refresh();
    }

    /// <summary>Takes in what the receiver has done since the last look. True when a row can be sent.</summary>
    public bool Refresh()
    {
        var done = _lane.DoneBy(Receiver.Place);
        Available += (int)(done - _doneSeen);
        _doneSeen = done;
        return Available > 0;
    }

    /// <summary>What was on the way is gone, and the receiver counts anew.</summary>
    /// <param name="lane">Where it publishes what it has done from now on.</param>
    /// <param name="unsent">Rows that have taken credit and are still with the sender.</param>
    public void Restart(Lane lane, int unsent)
    {
        _lane = lane;
        _doneSeen = 0;
        Available = _window - unsent;
    }

    public bool IsPaid() => Available > 0 || Refresh();

    public void WaitForCredit() => Receiver.Waiters.Set(_lane.Sender);
}
