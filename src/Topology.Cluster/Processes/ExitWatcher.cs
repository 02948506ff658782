using System.Runtime.InteropServices;
using Topology.Messaging;

namespace Topology.Cluster;

/// <summary>
/// One thread that waits for the ends of all processes at once, by their pidfds: it costs nothing while none ends, and no end is overlooked, since a pidfd stays readable. Processes without a pidfd are looked at
/// every <see cref="LookEvery"/>.
/// </summary>
internal sealed unsafe partial class ExitWatcher
{
    private const short Readable = 1;
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(50);
    private static readonly Lazy<ExitWatcher> Only = new(() => new ExitWatcher());

    private readonly Lock _lock = new();
    private readonly PollSignal _signal = PollSignal.Create();

    // Of callers, under the lock.
    private readonly List<WatchedProcess> _added = [];

    // Of the thread.
    private readonly List<WatchedProcess> _watched = [];

    private ExitWatcher() => new Thread(Run) { IsBackground = true, Name = "process exits" }.Start();

    public static ExitWatcher Shared => Only.Value;

    public void Add(WatchedProcess process)
    {
        lock (_lock) _added.Add(process);
        _signal.Signal();
    }

    private void Run()
    {
        while (true)
        {
            TakeAdded();
            var ended = Wait();
            _watched.RemoveAll(process => ended.Contains(process) && process.TryEnd());
        }
    }

    private void TakeAdded()
    {
        // In this order: what is added after the drain signals again.
        _signal.Drain();
        lock (_lock)
        {
            _watched.AddRange(_added);
            _added.Clear();
        }
    }

    /// <returns>Those that have ended, or may have.</returns>
    private HashSet<WatchedProcess> Wait()
    {
        var items = new PollItem[_watched.Count + 1];
        items[0] = new() { Descriptor = (int)_signal.Descriptor, Events = Readable };
        // A negative descriptor is passed over.
        for (var i = 0; i < _watched.Count; i++) items[i + 1] = new() { Descriptor = (int)(_watched[i].PidFd?.DangerousGetHandle() ?? -1), Events = Readable };
        var limit = _watched.Exists(process => process.PidFd is null) ? (int)LookEvery.TotalMilliseconds : Timeout.Infinite;
        fixed (PollItem* first = items) _ = Poll(first, (nuint)items.Length, limit);
        return [.. _watched.Where((process, index) => process.PidFd is null || items[index + 1].Found != 0)];
    }

    [LibraryImport("libc", EntryPoint = "poll", SetLastError = true)]
    private static partial int Poll(PollItem* items, nuint count, int milliseconds);

    [StructLayout(LayoutKind.Sequential)]
    private struct PollItem
    {
        public int Descriptor;
        public short Events;
        public short Found;
    }
}
