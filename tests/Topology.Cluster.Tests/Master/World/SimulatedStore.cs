using System.Collections.Immutable;

namespace Topology.Cluster.Tests;

/// <summary>Keeps what a master wants kept, as the cluster's store does, and checks what must never happen to it.</summary>
internal sealed class SimulatedStore(BrokenRule broken)
{
    private readonly SortedDictionary<string, TopologyImage> _images = [];

    public IEnumerable<TopologyImage> Images => _images.Values;

    public TopologyImage this[string topology] => _images.GetValueOrDefault(topology) ?? throw new WrongException("Something was done for a topology that is not kept.");

    public void Keep(ImmutableArray<StoreChange> changes)
    {
        var before = _images.ToDictionary(i => i.Key, i => i.Value);
        foreach (var change in changes) Keep(change);
        foreach (var (id, old) in before.Where(i => _images.ContainsKey(i.Key))) Check(old, _images[id]);
    }

    public static ImmutableSortedDictionary<string, long> Total(TopologyImage image) => image.Counters.Values.Aggregate(image.Past, Counts.Sum);

    private void Keep(StoreChange change)
    {
        switch (change)
        {
            case StoreChange.KeepTopology(var entry):
                _images[entry.Id] = _images.TryGetValue(entry.Id, out var image) ? image with { Entry = entry } : new TopologyImage(entry, [], Counts.None, ImmutableSortedDictionary<int, ImmutableSortedDictionary<string, long>>.Empty);
                break;
            case StoreChange.DropTopology(var id):
                if (!this[id].Entry.State.IsEnded()) throw new WrongException("A topology was forgotten that has not ended.");
                _images.Remove(id);
                break;
            case StoreChange.KeepWorker(var topology, var worker):
                var old = _images[topology].Workers.FirstOrDefault(w => w.Number == worker.Number);
                if (old is not null && old.Incarnation != worker.Incarnation) Retire(topology, worker.Number);
                if (worker.Incarnation > _images[topology].Entry.LastIncarnation) throw new WrongException("An incarnation was used that was not issued.");
                _images[topology] = _images[topology] with { Workers = [.. _images[topology].Workers.Where(w => w.Number != worker.Number), worker] };
                break;
            case StoreChange.DropWorker(var key):
                if (_images[key.Topology].Workers.Single(w => w.Number == key.Worker).Incarnation != key.Incarnation) throw new WrongException("Another incarnation was dropped.");
                Retire(key.Topology, key.Worker);
                _images[key.Topology] = _images[key.Topology] with { Workers = [.. _images[key.Topology].Workers.Where(w => w.Number != key.Worker)] };
                break;
            case StoreChange.KeepCounters(var key, var counters):
                if (_images[key.Topology].Workers.Single(w => w.Number == key.Worker).Incarnation != key.Incarnation) throw new WrongException("Counters of another incarnation were kept.");
                _images[key.Topology] = _images[key.Topology] with { Counters = _images[key.Topology].Counters.SetItem(key.Worker, counters) };
                break;
        }
    }

    private void Retire(string topology, int worker)
    {
        var image = _images[topology];
        var last = image.Counters.GetValueOrDefault(worker, Counts.None);
        _images[topology] = image with
        {
            Past = broken == BrokenRule.CountersOfTheDeadAreDropped ? image.Past : Counts.Sum(image.Past, last),
            Counters = image.Counters.Remove(worker),
        };
    }

    private static void Check(TopologyImage old, TopologyImage image)
    {
        if (image.Entry.Generation < old.Entry.Generation) throw new WrongException("A generation fell.");
        if (image.Entry.LastIncarnation < old.Entry.LastIncarnation) throw new WrongException("An incarnation fell.");
        if (old.Entry.State.IsEnded() && image.Entry.State != old.Entry.State) throw new WrongException("An ended topology came back.");
        if (!LifecycleAllows(old.Entry.State, image.Entry.State)) throw new WrongException($"A topology went from {old.Entry.State} to {image.Entry.State}.");
        var total = Total(image);
        if (Total(old).Any(c => total.GetValueOrDefault(c.Key) < c.Value)) throw new WrongException("Counters fell.");
    }

    /// <summary>One step may take two in a life: recovering and active again, submitted and starting.</summary>
    private static bool LifecycleAllows(TopologyState from, TopologyState to) =>
        LifecycleTable.Allows(from, to) || LifecycleTable.All.Any(t => t.From == from && LifecycleTable.Allows(t.To, to));
}
