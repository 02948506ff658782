using System.Reflection;

namespace Topology.Cluster;

/// <summary>What to start as a process of its own.</summary>
public sealed record ProcessStart
{
    /// <summary>The program: the absolute path of an executable file. No search path and no shell has a part in it.</summary>
    public required string FileName { get; init; }

    /// <summary>Its arguments, each passed as it is, whatever is in it. Everybody on the machine can read them.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>Changes to the environment of this process, which it gets else: null takes a variable away. The user's other processes can read it.</summary>
    public IReadOnlyDictionary<string, string?> Environment { get; init; } = new Dictionary<string, string?>();

    /// <summary>Where it is to run; null for this process's own working directory.</summary>
    public string? WorkingDirectory { get; init; }

    /// <summary>The file that its standard output and standard error are appended to; made with the rights 0600 if there is none. A link is refused.</summary>
    public required string LogFile { get; init; }

    /// <summary>
    /// What nobody else may see, at most <see cref="InheritedSecret.LargestBytes"/>: it goes through a pipe that the process inherits, and is read there by <see cref="InheritedSecret.Take"/>.
    /// </summary>
    public ReadOnlyMemory<byte> Secret { get; init; }

    /// <summary>The program that this process runs, to be run once more with other arguments.</summary>
    /// <param name="arguments">The arguments.</param>
    /// <param name="logFile">As <see cref="LogFile"/>.</param>
    public static ProcessStart OfThisProgram(IReadOnlyList<string> arguments, string logFile)
    {
        var program = System.Environment.ProcessPath ?? throw new ProcessException("This system does not tell which program this is.");
        return DotNetHost.Is(program)
            ? OfAssembly(Assembly.GetEntryAssembly()?.Location ?? throw new ProcessException("This program has no assembly of its own."), arguments, logFile)
            : new() { FileName = program, Arguments = arguments, LogFile = logFile };
    }

    /// <summary>A .NET program, as <c>dotnet program.dll</c>.</summary>
    /// <param name="assembly">The path of its assembly.</param>
    /// <param name="arguments">The arguments.</param>
    /// <param name="logFile">As <see cref="LogFile"/>.</param>
    /// <exception cref="ProcessException">There is no <c>dotnet</c>.</exception>
    public static ProcessStart OfAssembly(string assembly, IReadOnlyList<string> arguments, string logFile) =>
        new() { FileName = DotNetHost.Find(), Arguments = ["exec", Path.GetFullPath(assembly), .. arguments], LogFile = logFile };
}
