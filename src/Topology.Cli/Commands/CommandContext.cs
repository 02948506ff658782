using System.Reflection;
using Microsoft.Extensions.Logging;

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
}
