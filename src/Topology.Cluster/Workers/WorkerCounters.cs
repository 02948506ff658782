using System.Collections.Immutable;
using Topology.Engine;

namespace Topology.Cluster;

/// <summary>Names a worker's counters as its reports have them.</summary>
internal static class WorkerCounters
{
    public static ImmutableSortedDictionary<string, long> Of(TopologyMetrics metrics, IEnumerable<LatencyCount> latencies)
    {
        var counters = Counts.None.ToBuilder();
        foreach (var component in metrics.Components)
        {
            Add(CounterName.Of(CounterName.Emitted, component.Id), component.Emitted);
            Add(CounterName.Of(CounterName.Transferred, component.Id), component.Transferred);
            Add(CounterName.Of(CounterName.Executed, component.Id), component.Executed);
            Add(CounterName.Of(CounterName.Acked, component.Id), component.Acked);
            Add(CounterName.Of(CounterName.Failed, component.Id), component.Failed);
            Add(CounterName.Of(CounterName.Busy, component.Id), component.BusyNanoseconds);
            Add(CounterName.Of(CounterName.Waiting, component.Id), component.IdleNanoseconds + component.BackpressuredNanoseconds);
            foreach (var (kind, count) in component.FailedByReason) Add(CounterName.Of(kind, component.Id), count);
        }

        foreach (var latency in latencies)
            Add(CounterName.Of(latency.IsComplete ? CounterName.Complete : CounterName.Execute, latency.Bucket, latency.Component), latency.Count);
        return counters.ToImmutable();

        void Add(string name, long count)
        {
            // What has not been counted yet need not be told; what has been stays told.
            if (count > 0) counters[name] = count;
        }
    }
}
