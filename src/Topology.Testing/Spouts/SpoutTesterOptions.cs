using Microsoft.Extensions.Logging;
using Topology.Engine;

namespace Topology.Testing;

/// <summary>What a <see cref="SpoutTester"/> surrounds its spout with.</summary>
public sealed record SpoutTesterOptions
{
    /// <summary>The spout's id.</summary>
    public string Component { get; init; } = "spout";

    /// <summary>How many trees may be pending: what <c>output.Remaining</c> counts down from.</summary>
    public int MaxSpoutPending { get; init; } = 1024;

    /// <summary>The settings, those of the engine included; null for none.</summary>
    public IReadOnlyDictionary<string, string>? Settings { get; init; }

    /// <summary>The clock; null for one of the tester's own.</summary>
    public ManualTime? Time { get; init; }

    /// <summary>Where all chance comes from, such as that in the delays of retries.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>What follows when the spout throws.</summary>
    public ErrorPolicy OnError { get; init; }

    /// <summary>The id of the one component that subscribes to all its streams.</summary>
    public string Consumer { get; init; } = "consumer";

    /// <summary>How many tasks that component has, for a spout that chooses among them.</summary>
    public int ConsumerTasks { get; init; } = 1;

    /// <summary>Where its position is kept, so that a spout in a second tester goes on from there; null for memory of the tester's own.</summary>
    public IPositionStore? Positions { get; init; }

    /// <summary>Who makes its logger; null for none.</summary>
    public ILoggerFactory? Loggers { get; init; }
}
