using System.Reflection;
using Microsoft.Extensions.Logging;

namespace Topology.Cli.Tests;

/// <summary>The command line over a console in memory, a manual clock and scripted runs.</summary>
internal sealed class TestProgram
{
    public TestConsole Console { get; init; } = new();

    public ManualTime Time { get; } = new();

    /// <summary>The assembly of the program itself; null where a path is needed.</summary>
    public Assembly? Own { get; init; } = typeof(TestProgram).Assembly;

    /// <summary>What each run does once it has started; by default it completes.</summary>
    public Action<ScriptedRun> OnStart { get; init; } = run => run.End(Engine.RunState.Completed);

    /// <summary>Whether plans run in the engine, instead of as scripted.</summary>
    public bool UsesEngine { get; init; }

    public ScriptedRun? Run { get; private set; }

    /// <summary>The way to clusters.</summary>
    public FakeCluster Cluster { get; init; } = new();

    public FakeService Service => Cluster.Service;

    /// <summary>Environment variables.</summary>
    public Dictionary<string, string> Variables { get; } = new() { ["XDG_CONFIG_HOME"] = "/nowhere/config" };

    public string Out => Console.OutText.ToString();

    public string Error => Console.ErrorText.ToString();

    public static TestProgram WithoutOwn => new() { Own = null };

    public Task<int> RunAsync(params string[] args) => CommandLineProgram.RunAsync(args, Context);

    /// <summary>What commands get.</summary>
    public CommandContext Context => new(Console, Time, Own, Start) { Cluster = new(() => Cluster), Variable = Variables.GetValueOrDefault };

    private ITopologyRun Start(TopologyPlan plan, ILoggerFactory loggers)
    {
        if (UsesEngine) return LocalTopologyRun.Start(plan, loggers);
        Run = new ScriptedRun(plan, loggers);
        OnStart(Run);
        return Run;
    }
}
