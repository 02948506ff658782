namespace Topology.Engine;

/// <summary>Reads the latencies of a worker's components by bucket, so that those of several workers can be added up.</summary>
internal static class LatencyReader
{
    public static IEnumerable<LatencyCount> Read(Worker worker) =>
        from component in worker.Plan.Components
        from isComplete in (bool[])[false, true]
        from bucket in Total(worker, component.Id, isComplete).Buckets()
        select new LatencyCount(component.Id, isComplete, bucket.Bucket, bucket.Count);

    private static LatencyTotal Total(Worker worker, string component, bool isComplete)
    {
        var total = new LatencyTotal();
        foreach (var executor in worker.Executors.Where(e => e.Component == component))
        {
            if (executor is SpoutExecutor spout) Add(spout.Tasks.Select(t => t.Counters));
            else if (executor is BoltExecutor bolt) Add(bolt.Tasks.Select(t => t.Counters));
        }

        return total;

        void Add(IEnumerable<TaskCounters> counters)
        {
            foreach (var task in counters) (isComplete ? task.CompleteLatency : task.ExecuteLatency).AddTo(total);
        }
    }
}
