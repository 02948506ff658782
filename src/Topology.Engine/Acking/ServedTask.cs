namespace Topology.Engine;

/// <summary>A spout task that an acker serves. Fields, since they are read with each message.</summary>
internal sealed class ServedTask(int task, AckerTable table, CompletionOutbox spout)
{
    public readonly int Task = task;
    public readonly AckerTable Table = table;
    public readonly CompletionOutbox Spout = spout;
}
