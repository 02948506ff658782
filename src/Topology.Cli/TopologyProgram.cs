using System.Reflection;

namespace Topology.Cli;

/// <summary>
/// The command line, for a project that is its topology's own program. Its <c>Program.cs</c> is one line:
/// <code>return await TopologyProgram.RunAsync(args);</code>
/// after which <c>dotnet run</c>, <c>dotnet run -- --set key=value</c> and <c>dotnet run -- validate</c> work on the topology in that project. The commands and
/// options are those of the <c>topology</c> executable without its PATH; where no command is named, it runs.
/// </summary>
public static class TopologyProgram
{
    /// <summary>Runs a command on the topology in the process's entry assembly.</summary>
    /// <param name="args">The arguments of the program.</param>
    /// <returns>The exit code: 0 when nothing was lost; <c>--help</c> lists the others.</returns>
    public static Task<int> RunAsync(string[] args)
    {
        ArgumentNullException.ThrowIfNull(args);
        return RunCommandLineAsync(args, Assembly.GetEntryAssembly());
    }

    /// <summary>As <see cref="RunAsync"/>, waiting for the end.</summary>
    /// <param name="args">The arguments of the program.</param>
    /// <returns>The exit code: 0 when nothing was lost; <c>--help</c> lists the others.</returns>
    public static int Run(string[] args) => RunAsync(args).GetAwaiter().GetResult();

    internal static Task<int> RunCommandLineAsync(string[] args, Assembly? own) =>
        CommandLineProgram.RunAsync(args, new CommandContext(new SystemConsole(), TimeProvider.System, own, LocalTopologyRun.Start) { Cluster = own is null ? new Lazy<ICluster>(() => new MachineCluster()) : null });
}
