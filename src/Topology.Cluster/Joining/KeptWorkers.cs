using System.Collections.Immutable;
using System.Text.Json;

namespace Topology.Cluster;

/// <summary>The workers that a supervisor has started, in the file <c>workers.json</c> of its data directory. Thread-safe.</summary>
internal sealed class KeptWorkers
{
    private readonly Lock _lock = new();
    private readonly string _path;
    private ImmutableSortedDictionary<WorkerKey, KeptWorker> _workers;

    /// <exception cref="TopologyException">The file cannot be read.</exception>
    public KeptWorkers(string directory)
    {
        _path = Path.Combine(directory, "workers.json");
        try
        {
            var kept = File.Exists(_path) ? JsonSerializer.Deserialize<KeptWorker[]>(File.ReadAllBytes(_path)) ?? [] : [];
            _workers = kept.ToImmutableSortedDictionary(worker => worker.Key, worker => worker);
        }
        catch (Exception error) when (error is JsonException or ArgumentException or IOException or UnauthorizedAccessException)
        {
            throw new TopologyException($"{_path} cannot be read: {error.Message} Delete it once no worker process of this directory lives.");
        }
    }

    /// <summary>Those that are kept now.</summary>
    public ImmutableSortedDictionary<WorkerKey, KeptWorker> All => Volatile.Read(ref _workers);

    /// <summary>Adds or replaces one; on disk when this returns.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Put(KeptWorker worker) => Change(workers => workers.SetItem(worker.Key, worker));

    /// <summary>Says which process one is; no effect where it is not kept.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Know(WorkerKey key, WorkerProcess process) =>
        Change(workers => workers.TryGetValue(key, out var worker) ? workers.SetItem(key, worker with { Pid = process.Pid, Start = process.Start }) : workers);

    /// <summary>Removes one.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Remove(WorkerKey key) => Change(workers => workers.Remove(key));

    private void Change(Func<ImmutableSortedDictionary<WorkerKey, KeptWorker>, ImmutableSortedDictionary<WorkerKey, KeptWorker>> change)
    {
        lock (_lock)
        {
            var changed = change(_workers);
            if (ReferenceEquals(changed, _workers)) return;
            PrivateFile.Write(_path, JsonSerializer.SerializeToUtf8Bytes(changed.Values));
            Volatile.Write(ref _workers, changed);
        }
    }
}
