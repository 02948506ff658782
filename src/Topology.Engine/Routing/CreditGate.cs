using System.Runtime.CompilerServices;

namespace Topology.Engine;

/// <summary>
/// How many more rows one executor may send to another. The receiver publishes how many rows it has done, as an absolute number; the sender looks at it only
/// when its credit has run out. A row that is being worked on may overdraw: its executor takes no further row until the debt is paid.
/// </summary>
internal sealed class CreditGate(BoltExecutor receiver, int sender, int window, bool isFeedback) : IDebt
{
    // Written by the sender.
    private long _doneSeen;

    private PaddedCount _available = new() { Value = window };

    /// <summary>Rows that may still be sent; negative when overdrawn.</summary>
    public ref int Available => ref _available.Value;

    public bool IsListed { get; set; }

    /// <summary>Whether the channel closes a cycle: it never holds its sender back, and has a limit instead.</summary>
    public bool IsFeedback { get; } = isFeedback;

    public BoltExecutor Receiver { get; } = receiver;

    /// <summary>Whether a row can be sent without overdrawing.</summary>
    public bool HasRoom
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Available > 0 || Refresh();
    }

    /// <summary>Takes in what the receiver has done since the last look. True when a row can be sent.</summary>
    public bool Refresh()
    {
        var done = Receiver.RowsDoneFor(sender);
        Available += (int)(done - _doneSeen);
        _doneSeen = done;
        return Available > 0;
    }

    public bool IsPaid() => Available > 0 || Refresh();

    public void WaitForCredit() => Receiver.Waiters.Set(sender);
}
