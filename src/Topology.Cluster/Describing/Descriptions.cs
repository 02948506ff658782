using System.Collections.Immutable;
using System.Text.Json;

namespace Topology.Cluster;

/// <summary>Describes topologies from what the master knows.</summary>
internal static class Descriptions
{
    public static TopologyDescription Of(TopologyStatus topology)
    {
        var entry = topology.Entry;
        var workers = topology.Workers.Values;
        var total = workers.Aggregate(topology.Past, (sum, worker) => Counts.Sum(sum, worker.Counters));
        return new TopologyDescription(
            entry.Spec.Name,
            entry.Id,
            entry.State.ToText(),
            entry.Reason,
            entry.SubmittedAt,
            entry.FirstAckAt,
            entry.CompletedAt,
            entry.Generation,
            [.. entry.Spec.Plan.Components.Select(c => Of(c, total, [.. workers.Where(w => w.Phase == WorkerPhase.Connected)]))],
            [.. workers.Select(Of)],
            [.. workers.SelectMany(w => (w.Report?.Links ?? []).Select(l => new LinkDescription(w.Number, l.To, l.Bytes, l.Frames, l.Reconnects)))]);
    }

    /// <summary>A topology in a list.</summary>
    public static TopologySummary Summary(TopologyStatus topology)
    {
        var (entry, plan) = (topology.Entry, topology.Entry.Spec.Plan);
        var spouts = plan.Components.Where(c => c.Kind == ComponentKind.Spout).ToArray();
        return new TopologySummary(
            entry.Spec.Name,
            entry.Id,
            entry.State.ToText(),
            entry.Reason,
            entry.SubmittedAt,
            entry.CompletedAt,
            topology.Workers.IsEmpty ? entry.Spec.Workers : topology.Workers.Count,
            plan.ExecutorCount,
            plan.Components.Sum(c => c.Tasks),
            Count(CounterName.Acked),
            Count(CounterName.Failed));

        long Count(string what) => spouts.Sum(s =>
        {
            var name = CounterName.Of(what, s.Id);
            return topology.Past.GetValueOrDefault(name) + topology.Workers.Values.Sum(w => w.Counters.GetValueOrDefault(name));
        });
    }

    private static WorkerDescription Of(WorkerStatus worker)
    {
        var (entry, report) = (worker.Entry, worker.Phase == WorkerPhase.Connected ? worker.Report : null);
        var pid = worker.Phase == WorkerPhase.Gone ? null : entry.Process?.Pid;
        return new WorkerDescription(entry.Number, pid, entry.Host, entry.Endpoint?.Split(' ')[0], entry.Restarts, report?.RssBytes ?? 0, report?.Uptime.TotalSeconds ?? 0);
    }

    private static ComponentDescription Of(ComponentOutline component, ImmutableSortedDictionary<string, long> total, WorkerStatus[] living)
    {
        var id = component.Id;
        return new ComponentDescription(id, component.Kind == ComponentKind.Spout ? "spout" : "bolt", component.Executors, component.Tasks)
        {
            Emitted = Count(CounterName.Emitted),
            Transferred = Count(CounterName.Transferred),
            Executed = Count(CounterName.Executed),
            Acked = Count(CounterName.Acked),
            Failed = Count(CounterName.Failed),
            FailedByReason = Enum.GetValues<FailKind>()
                .Select(kind => KeyValuePair.Create(JsonNamingPolicy.CamelCase.ConvertName(kind.ToString()), total.GetValueOrDefault(CounterName.Of(kind, id))))
                .Where(pair => pair.Value > 0)
                .ToImmutableSortedDictionary(StringComparer.Ordinal),
            ExecuteP50Us = LatencyBuckets.Percentile(total, CounterName.Execute, id, 0.5),
            ExecuteP99Us = LatencyBuckets.Percentile(total, CounterName.Execute, id, 0.99),
            CompleteP50Us = LatencyBuckets.Percentile(total, CounterName.Complete, id, 0.5),
            CompleteP99Us = LatencyBuckets.Percentile(total, CounterName.Complete, id, 0.99),
            Capacity = Capacity(id, living),
            QueueDepth = living.Sum(w => w.Report?.QueueDepths.GetValueOrDefault(id) ?? 0),
        };

        long Count(string what) => total.GetValueOrDefault(CounterName.Of(what, id));
    }

    private static double Capacity(string component, WorkerStatus[] living)
    {
        var busy = living.Sum(w => w.Busy.Growth(w.Counters, CounterName.Of(CounterName.Busy, component)));
        var waiting = living.Sum(w => w.Busy.Growth(w.Counters, CounterName.Of(CounterName.Waiting, component)));
        return busy == 0 ? 0 : (double)busy / (busy + waiting);
    }
}
