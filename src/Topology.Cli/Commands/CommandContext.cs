using System.Reflection;
using Microsoft.Extensions.Logging;
using Topology.Cluster;

namespace Topology.Cli;

/// <summary>What a command gets from outside, so that tests can put in their own.</summary>
/// <param name="Console">Where it reads and writes.</param>
/// <param name="Time">The clock of views and limits.</param>
/// <param name="Own">The assembly that holds the topologies, where it is the program itself; null where a path names it.</param>
/// <param name="Start">Starts a plan, with the factory of its components' loggers.</param>
internal sealed record CommandContext(IConsole Console, TimeProvider Time, Assembly? Own, Func<TopologyPlan, ILoggerFactory, ITopologyRun> Start)
{
    /// <summary>How the program is called in hints.</summary>
    public string Program => Own is null ? "topology" : "dotnet run --";

    /// <summary>Lines for people while a command works.</summary>
    public StatusLines Lines { get; } = new(Console.Error);

    /// <summary>The way to clusters, made when it is first needed, so that the help does not wait for it to be loaded; null for a program that has none.</summary>
    public Lazy<ICluster>? Cluster { get; init; }

    /// <summary>Reads an environment variable.</summary>
    public Func<string, string?> Variable { get; init; } = Environment.GetEnvironmentVariable;

    /// <exception cref="CommandException">This program has no way to clusters.</exception>
    public ICluster RequireCluster() => Cluster?.Value ?? throw new CommandException(ExitCode.Unreachable, "this program reaches no cluster", "the topology program of the same version");

    /// <summary>The cluster that a command is about.</summary>
    /// <exception cref="ClusterException">It is that of a data directory whose daemon does not live.</exception>
    /// <exception cref="CommandException">The options do not say which.</exception>
    public IClusterService Connect(ClusterArguments arguments) => Connect(ClusterTarget.Of(arguments, this));

    /// <summary>The cluster at a place.</summary>
    /// <exception cref="ClusterException">It is that of a data directory whose daemon does not live.</exception>
    public IClusterService Connect(ClusterTarget target) => target.Address is { } address
        ? RequireCluster().Connect(address, target.TokenFile)
        : throw new ClusterException(ClusterProblem.Unreachable, $"no daemon of {target.DataDirectory} is up");
}
