using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Topology.Messaging;

namespace Topology.Engine;

/// <summary>One task that a stream's rows may go to, and the way there.</summary>
/// <param name="task">The task's id.</param>
/// <param name="taskPlace">Its place within its executor.</param>
/// <param name="outbox">The way to its executor's loop.</param>
/// <param name="gate">The credit of the channel.</param>
/// <param name="isLocal">Whether it is in the sender's own worker.</param>
internal sealed class OutTarget(int task, int taskPlace, Outbox outbox, CreditGate gate, bool isLocal)
{
    /// <summary>Whether its sender has to wait for this very channel when it is overdrawn; not so where another task could have had the row.</summary>
    public bool OwesAlone = true;

    public readonly Outbox Outbox = outbox;
    public readonly CreditGate Gate = gate;

    // The gate's credit, one look nearer.
    private readonly int[] _credits = gate.Credits;
    private readonly int _credit = gate.Index;

    public readonly int Place = gate.Receiver.Place;

    /// <summary>The task's part of a row's address.</summary>
    public readonly ulong Address = Row.Address(0, 0, taskPlace);

    /// <summary>Rows that may still be sent; negative when overdrawn.</summary>
    public ref int Available
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_credits), _credit);
    }

    public int Task { get; } = task;

    public bool IsLocal { get; } = isLocal;
}
