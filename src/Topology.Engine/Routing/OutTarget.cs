namespace Topology.Engine;

/// <summary>One task that a stream's rows may go to.</summary>
/// <param name="task">The task's id.</param>
/// <param name="taskPlace">Its place within its executor.</param>
/// <param name="outbox">The way to its executor's loop.</param>
/// <param name="gate">The credit of the channel.</param>
/// <param name="isLocal">Whether it is in the sender's own worker.</param>
internal sealed class OutTarget(int task, int taskPlace, Outbox outbox, CreditGate gate, bool isLocal)
{
    public int Task { get; } = task;

    public bool IsLocal { get; } = isLocal;

    public CreditGate Gate { get; } = gate;

    /// <summary>The way there.</summary>
    public Route Route { get; } = new(outbox, gate.Receiver.Place, taskPlace, gate.Index, owesAlone: true);
}
