using System.Collections.Concurrent;

namespace Topology.Cluster.Tests;

/// <summary>What a spout heard of the messages that it emitted. Thread-safe.</summary>
internal sealed class SpoutLog
{
    private readonly ConcurrentDictionary<long, int> _acks = new();
    private readonly ConcurrentQueue<(long Id, FailReason Reason)> _fails = new();
    private long _emitted;
    private long _acked;
    private long _failed;

    public long Emitted => Interlocked.Read(ref _emitted);

    public long Acked => Interlocked.Read(ref _acked);

    public long Failed => Interlocked.Read(ref _failed);

    public long Answered => Acked + Failed;

    public IReadOnlyCollection<(long Id, FailReason Reason)> Fails => _fails;

    public long[] AckedIds => [.. _acks.Keys.Order()];

    public long[] FailedIds => [.. _fails.Select(f => f.Id).Order()];

    public void Emit() => Interlocked.Increment(ref _emitted);

    public void Ack(long id)
    {
        _acks.AddOrUpdate(id, 1, static (_, count) => count + 1);
        Interlocked.Increment(ref _acked);
    }

    public void Fail(long id, FailReason reason)
    {
        _fails.Enqueue((id, reason));
        Interlocked.Increment(ref _failed);
    }

    /// <summary>Every message up to a count was acked, exactly once, and none failed.</summary>
    public void ShouldBeAckedOnce(long count)
    {
        Assert.That(Fails.Select(f => $"{f.Id}: {f.Reason}"), Is.Empty);
        Assert.That(Acked, Is.EqualTo(count));
        Assert.That(_acks, Has.Count.EqualTo(count));
    }

    /// <summary>Every message up to a count had exactly one answer.</summary>
    public void ShouldBeAnsweredOnce(long count) =>
        Assert.That(AckedIds.Concat(FailedIds).Order(), Is.EqualTo(Enumerable.Range(0, (int)count).Select(i => (long)i)));
}
