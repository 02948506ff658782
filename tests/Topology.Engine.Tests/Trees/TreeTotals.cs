namespace Topology.Engine.Tests;

/// <summary>What happened in a number of runs: a run in which nothing fails proves nothing.</summary>
internal sealed class TreeTotals
{
    public Dictionary<FailKind, int> Failed { get; } = [];

    public int Trees { get; set; }

    public int Acked { get; set; }

    public int Dropped { get; set; }

    public int MultiAnchored { get; set; }

    public int Unanchored { get; set; }

    public int Held { get; set; }

    public int HeldTooLong { get; set; }

    public int Resets { get; set; }

    public int Refused { get; set; }

    public int Restarts { get; set; }

    public int TimedOutAfterReset { get; set; }

    public long LateMessages { get; set; }

    /// <summary>The names of what has to happen for a test to mean anything, and did not.</summary>
    public IEnumerable<string> WhatDidNotHappen =>
        new (string What, long HowOften)[]
        {
            ("an ack", Acked),
            ("an explicit fail", Failed.GetValueOrDefault(FailKind.Explicit)),
            ("a timeout", Failed.GetValueOrDefault(FailKind.Timeout)),
            ("a bolt error", Failed.GetValueOrDefault(FailKind.BoltError)),
            ("a forgotten tuple", Failed.GetValueOrDefault(FailKind.Forgotten) - HeldTooLong),
            ("a tuple held for too long", HeldTooLong),
            ("a dropped tree", Dropped),
            ("a multi-anchored tuple", MultiAnchored),
            ("an unanchored tuple", Unanchored),
            ("a held tuple", Held),
            ("a reset", Resets),
            ("a timeout after a reset", TimedOutAfterReset),
            ("a refused answer", Refused),
            ("a restart", Restarts),
            ("a late message", LateMessages),
        }.Where(w => w.HowOften == 0).Select(w => w.What);

    public void Add(TreeTotals other)
    {
        foreach (var (kind, count) in other.Failed) Failed[kind] = Failed.GetValueOrDefault(kind) + count;
        Trees += other.Trees;
        Acked += other.Acked;
        Dropped += other.Dropped;
        MultiAnchored += other.MultiAnchored;
        Unanchored += other.Unanchored;
        Held += other.Held;
        HeldTooLong += other.HeldTooLong;
        Resets += other.Resets;
        Refused += other.Refused;
        Restarts += other.Restarts;
        TimedOutAfterReset += other.TimedOutAfterReset;
        LateMessages += other.LateMessages;
    }

    public override string ToString() =>
        $"{Trees} trees: {Acked} acked, {string.Join(", ", Failed.OrderBy(f => f.Key).Select(f => $"{f.Value} {f.Key}"))}, {Dropped} dropped; {MultiAnchored} multi-anchored, "
        + $"{Unanchored} unanchored, {Held} held, {HeldTooLong} held too long, {Resets} resets, {TimedOutAfterReset} timed out after a reset, {Refused} second answers refused, "
        + $"{Restarts} restarts, {LateMessages} late messages";
}
