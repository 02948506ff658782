using System.Globalization;

namespace Topology.Cluster;

/// <summary>
/// Names the counters of a worker's report: what is counted, a slash, the component's id (<c>emitted/split</c>). All of them only rise, so that those of several workers and incarnations can be added up; latencies are counted by bucket.
/// </summary>
internal static class CounterName
{
    public const string Emitted = "emitted";
    public const string Transferred = "transferred";
    public const string Executed = "executed";
    public const string Acked = "acked";
    public const string Failed = "failed";

    /// <summary>Nanoseconds in turns that made progress.</summary>
    public const string Busy = "busy-ns";

    /// <summary>Nanoseconds with nothing to do, or with downstream full.</summary>
    public const string Waiting = "waiting-ns";

    /// <summary>Followed by a dot and the bucket of <see cref="Engine.LatencyHistogram"/>.</summary>
    public const string Execute = "execute";

    /// <inheritdoc cref="Execute"/>
    public const string Complete = "complete";

    public static string Of(string what, string component) => $"{what}/{component}";

    /// <summary>Failed tuples or trees by reason.</summary>
    public static string Of(FailKind kind, string component) => $"{Failed}.{kind}/{component}";

    /// <summary>Latencies in a bucket.</summary>
    public static string Of(string latency, int bucket, string component) => string.Create(CultureInfo.InvariantCulture, $"{latency}.{bucket}/{component}");
}
