namespace Topology.Engine;

/// <summary>What an emit needs to know of its target, in 16 bytes: a sender with many targets looks at another one with each tuple.</summary>
/// <param name="outbox">The way to the target's loop.</param>
/// <param name="place">The place of its executor in that loop.</param>
/// <param name="taskPlace">The task's place within its executor.</param>
/// <param name="credit">The place of the channel's credit among the sender's.</param>
/// <param name="owesAlone">Whether the sender has to wait for this very channel when it is overdrawn; not so where another task could have had the row.</param>
internal readonly struct Route(Outbox outbox, int place, int taskPlace, int credit, bool owesAlone)
{
    public readonly Outbox Outbox = outbox;
    public readonly ushort Place = (ushort)place;
    public readonly ushort Credit = (ushort)credit;
    public readonly bool OwesAlone = owesAlone;

    private readonly ushort _taskPlace = (ushort)taskPlace;

    /// <summary>The task's part of a row's address.</summary>
    public ulong Address => Messaging.Row.Address(0, 0, _taskPlace);

    /// <summary>The same, where another task can have the row instead.</summary>
    public Route Shared() => new(Outbox, Place, _taskPlace, Credit, owesAlone: false);
}
