using System.Diagnostics.CodeAnalysis;

namespace Topology.Cluster.Tests;

/// <summary>Emits the numbers below a count until each is acked or given up.</summary>
internal sealed class ReplayingNumberSpout(long count, SpoutLog log, ReplayPolicy policy) : ReplayingSpout<long>(policy)
{
    private long _next;

    /// <summary>Makes several attempts without a wait between them.</summary>
    public static ReplayPolicy Attempts(int attempts) => new() { MaxAttempts = attempts, InitialDelay = TimeSpan.Zero, MaxDelay = TimeSpan.Zero };

    /// <summary>Replaces the emit of a record, for one that fails.</summary>
    public Action<long, RecordOutput>? Emits { get; init; }

    /// <summary>Keeps a record back as long as it is false.</summary>
    public Func<long, bool>? CanRead { get; init; }

    public Action<long>? OnGivenUp { get; init; }

    public override Fields Output => ["number"];

    protected override bool IsEndOfRecords => _next == count;

    protected override bool TryRead([MaybeNullWhen(false)] out long record)
    {
        record = _next;
        if (_next == count || CanRead?.Invoke(_next) == false) return false;
        _next++;
        return true;
    }

    protected override void Emit(long record, RecordOutput output)
    {
        log.Emit();
        if (Emits is { } emits) emits(record, output);
        else output.Emit(record);
    }

    protected override void Acked(long record) => log.Ack(record);

    protected override void GivenUp(long record, FailReason reason)
    {
        log.Fail(record, reason);
        OnGivenUp?.Invoke(record);
    }
}
