namespace Topology;

/// <summary>
/// The engine's options for one topology, with every default. Set them in <c>Build</c> by <c>topology.Options = topology.Options with { … }</c>; a setting of the
/// name given in each remark, from a file or the command line, goes before what the code says.
/// </summary>
public sealed record TopologyOptions
{
    /// <summary>The most trees that may be pending per spout task.</summary>
    internal const int LargestSpoutPending = 1 << 24;

    /// <summary>What is promised about each tuple. Setting: <c>topology.delivery</c> (<c>at-most-once</c>, <c>at-least-once</c>).</summary>
    public Delivery Delivery { get; init; } = Delivery.AtLeastOnce;

    /// <summary>How many acker tasks there are; 0 acks at emit. Setting: <c>topology.ackers</c>. Range 0 to 1,024.</summary>
    public int Ackers { get; init; } = 1;

    /// <summary>How many trees may be pending per spout task, exactly. Setting: <c>topology.max-spout-pending</c>. Range 1 to 16,777,216 trees.</summary>
    public int MaxSpoutPending { get; init; } = 16_384;

    /// <summary>
    /// How long a tree may take: it fails after this time T and by 1.1 T, counted from its emit or its last reset. Setting: <c>topology.message-timeout</c>. Range 10 ms
    /// to 24 days; <see cref="Timeout.InfiniteTimeSpan"/> (<c>none</c>) for never.
    /// </summary>
    public TimeSpan MessageTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How many workers the topology runs as. In one process a worker is a group of event loops, which local-or-shuffle grouping stays within. Setting:
    /// <c>topology.workers</c>. Range 1 to 64.
    /// </summary>
    public int Workers { get; init; } = 1;

    /// <summary>How many event loops run the executors; 0 for one per core. Setting: <c>topology.event-loops</c>. Range 0 to 64.</summary>
    public int EventLoops { get; init; }

    /// <summary>How many tuples one input may emit while downstream is full, before its emit throws and it fails; ticks and <c>Finish</c> have no limit. Setting: <c>topology.outbox-limit</c>. At least 1.</summary>
    public int OutboxLimit { get; init; } = 1_048_576;

    /// <summary>How many tuples may wait on the feedback channel of a cycle before the topology fails. Setting: <c>topology.feedback-limit</c>. At least 1.</summary>
    public int FeedbackLimit { get; init; } = 1_048_576;

    /// <summary>The largest size of one value in bytes; text counts 2 per character. Setting: <c>topology.max-value</c> (bytes). Range 16 to 1 GiB.</summary>
    public int MaxValueBytes { get; init; } = 8 * 1024 * 1024;

    /// <summary>
    /// How many tuples may be on their way between two executors; 0 lets the engine choose. Setting: <c>topology.channel-capacity</c>. Range 0 to 16,777,216 tuples.
    /// </summary>
    public int ChannelCapacity { get; init; }

    /// <summary>
    /// How long an executor may stay inside user code, not running, before its loop's other executors get another thread. Setting: <c>topology.blocked-after</c>.
    /// Range 1 ms to 24 days; <see cref="Timeout.InfiniteTimeSpan"/> (<c>none</c>) for never.
    /// </summary>
    public TimeSpan BlockedAfter { get; init; } = TimeSpan.FromMilliseconds(20);

    /// <summary>
    /// How long a stop may take to drain before what is left is dropped and counted. Setting: <c>topology.drain-timeout</c>. Range 0 to 24 days;
    /// <see cref="Timeout.InfiniteTimeSpan"/> (<c>none</c>) for as long as it takes.
    /// </summary>
    public TimeSpan DrainTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How many errors are recorded per task and interval; the rest is only counted. Setting: <c>topology.max-error-reports</c>. At least 0.</summary>
    public int MaxErrorReports { get; init; } = 5;

    /// <summary>The interval of <see cref="MaxErrorReports"/>. Setting: <c>topology.error-interval</c>. Range 1 ms to 24 days.</summary>
    public TimeSpan ErrorInterval { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// How often the positions of spouts are written, where they have changed; see <see cref="DurablePosition"/>. Setting: <c>topology.position-interval</c>. Range 1 ms to
    /// 24 days.
    /// </summary>
    public TimeSpan PositionInterval { get; init; } = TimeSpan.FromSeconds(1);
}
