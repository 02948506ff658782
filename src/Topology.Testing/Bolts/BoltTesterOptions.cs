using Microsoft.Extensions.Logging;

namespace Topology.Testing;

/// <summary>What a <see cref="BoltTester"/> surrounds its bolt with.</summary>
public sealed record BoltTesterOptions
{
    /// <summary>The bolt's id.</summary>
    public string Component { get; init; } = "bolt";

    /// <summary>
    /// The streams that it receives; none for one stream of a component <c>source</c>, whose fields are named <c>field1</c>, <c>field2</c> and so on, as many as the first
    /// input has values.
    /// </summary>
    public IReadOnlyList<TestInput> Inputs { get; init; } = [];

    /// <summary>The settings, those of the engine included; null for none.</summary>
    public IReadOnlyDictionary<string, string>? Settings { get; init; }

    /// <summary>The clock; null for one of the tester's own.</summary>
    public ManualTime? Time { get; init; }

    /// <summary>How often the bolt gets ticks as time goes on; zero for only when <see cref="BoltTester.Tick"/> is called.</summary>
    public TimeSpan TickInterval { get; init; }

    /// <summary>What follows when the bolt throws.</summary>
    public ErrorPolicy OnError { get; init; }

    /// <summary>The id of the one component that subscribes to all its streams.</summary>
    public string Consumer { get; init; } = "consumer";

    /// <summary>How many tasks that component has, for a bolt that chooses among them.</summary>
    public int ConsumerTasks { get; init; } = 1;

    /// <summary>Who makes its logger; null for none.</summary>
    public ILoggerFactory? Loggers { get; init; }
}
