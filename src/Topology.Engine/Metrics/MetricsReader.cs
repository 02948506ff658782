using System.Collections.Immutable;

namespace Topology.Engine;

/// <summary>Reads a worker's counters into records.</summary>
internal static class MetricsReader
{
    public static TopologyMetrics Read(Worker worker) =>
        new(
            TimeSpan.FromTicks(worker.Clock.Nanoseconds / 100),
            [.. worker.Plan.Components.Select(component => Read(worker, component))],
            worker.Ackers.Sum(a => a.Late));

    private static ComponentMetrics Read(Worker worker, ComponentPlan component)
    {
        var executors = worker.Executors.Where(e => e.Component == component.Id).ToArray();
        var spouts = executors.OfType<SpoutExecutor>().SelectMany(e => e.Tasks).ToArray();
        TaskCounters[] counters = [.. spouts.Select(t => t.Counters), .. executors.OfType<BoltExecutor>().SelectMany(e => e.Tasks).Select(t => t.Counters)];
        var execute = new LatencyTotal();
        var complete = new LatencyTotal();
        foreach (var task in counters)
        {
            task.ExecuteLatency.AddTo(execute);
            task.CompleteLatency.AddTo(complete);
        }

        return new ComponentMetrics
        {
            Id = component.Id,
            Kind = component.Kind,
            Executors = component.Executors,
            Tasks = component.Tasks,
            Emitted = counters.Sum(c => Volatile.Read(ref c.Emitted)),
            Transferred = counters.Sum(c => c.Transferred),
            Executed = counters.Sum(c => Volatile.Read(ref c.Executed)),
            Acked = counters.Sum(c => Volatile.Read(ref c.Acked)),
            Failed = counters.Sum(c => c.Failed.Sum()),
            FailedByReason = ByReason(counters),
            Errors = counters.Sum(c => Volatile.Read(ref c.Errors)),
            DeadLetters = spouts.Sum(t => t.DeadLetters) + counters.Sum(c => Volatile.Read(ref c.DeadLetters)),
            Lost = spouts.Sum(t => t.Lost),
            Pending = spouts.Sum(t => t.Pending),
            QueueDepth = executors.Sum(e => e.QueueDepth),
            BusyNanoseconds = executors.Sum(e => e.Times.Busy),
            IdleNanoseconds = executors.Sum(e => e.Times.Idle),
            BackpressuredNanoseconds = executors.Sum(e => e.Times.Backpressured),
            ExecuteLatency = execute.Summarise(),
            CompleteLatency = complete.Summarise(),
        };
    }

    private static ImmutableSortedDictionary<FailKind, long> ByReason(TaskCounters[] counters) =>
        Enum.GetValues<FailKind>()
            .Select(kind => KeyValuePair.Create(kind, counters.Sum(c => Volatile.Read(ref c.Failed[(int)kind]))))
            .Where(pair => pair.Value > 0)
            .ToImmutableSortedDictionary();
}
