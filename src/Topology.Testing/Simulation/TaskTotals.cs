using Topology.Engine;

namespace Topology.Testing;

/// <summary>The counters of an executor's tasks, added up.</summary>
internal readonly record struct TaskTotals(long Emitted, long Executed, long Acked, long Failed)
{
    public static TaskTotals Of(Executor executor)
    {
        var totals = default(TaskTotals);
        switch (executor)
        {
            case BoltExecutor bolt:
                foreach (var task in bolt.Tasks) totals = totals.Plus(task.Counters);
                break;
            case SpoutExecutor spout:
                foreach (var task in spout.Tasks) totals = totals.Plus(task.Counters);
                break;
        }

        return totals;
    }

    private TaskTotals Plus(TaskCounters counters) =>
        new(Emitted + counters.Emitted, Executed + counters.Executed, Acked + counters.Acked, Failed + counters.Failed.Sum());
}
