namespace Topology.Cluster;

/// <summary>Finds what has to be kept of a step by comparing what is durable of two states.</summary>
internal static class StoreChanges
{
    public static IEnumerable<StoreChange> Between(MasterState before, MasterState after) =>
        before.Topologies.Keys.Where(id => !after.Topologies.ContainsKey(id)).Select(id => new StoreChange.DropTopology(id))
            .Concat(after.Topologies.Values.SelectMany(t => Between(before.Topologies.GetValueOrDefault(t.Id), t)));

    private static IEnumerable<StoreChange> Between(TopologyStatus? before, TopologyStatus after)
    {
        if (ReferenceEquals(before, after)) yield break;
        if (before?.Entry != after.Entry) yield return new StoreChange.KeepTopology(after.Entry);
        foreach (var worker in before?.Workers.Values ?? [])
        {
            if (!after.Workers.ContainsKey(worker.Number)) yield return new StoreChange.DropWorker(worker.KeyIn(after.Id));
        }

        foreach (var worker in after.Workers.Values)
        {
            var old = before?.Workers.GetValueOrDefault(worker.Number);
            if (old?.Entry != worker.Entry) yield return new StoreChange.KeepWorker(after.Id, worker.Entry);
            var known = old?.Entry.Incarnation == worker.Entry.Incarnation ? old.Counters : Counts.None;
            if (!ReferenceEquals(known, worker.Counters)) yield return new StoreChange.KeepCounters(worker.KeyIn(after.Id), worker.Counters);
        }
    }
}
