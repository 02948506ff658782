using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Topology.Cluster;

/// <summary>Explains an exception that comes of an assembly or a native library that a topology lacks. Such exceptions come when a type is first used: at loading, in <c>Build</c>, or in the middle of a run.</summary>
public static class MissingDependency
{
    private const string Publish = "publish the topology with 'dotnet publish' and give the assembly from the folder that names";

    /// <summary>What is missing, who needs it and what to do, in one line; null if the exception is of another kind.</summary>
    /// <param name="error">What was thrown, the exceptions within it included.</param>
    /// <param name="path">The path of the topology's assembly; empty where it has none.</param>
    public static string? Explain(Exception error, string path)
    {
        ArgumentNullException.ThrowIfNull(error);
        ArgumentNullException.ThrowIfNull(path);
        return Causes(error).Select(cause => ExplainOne(cause, path)).FirstOrDefault(text => text is not null);
    }

    private static string? ExplainOne(Exception error, string path) => error switch
    {
        FileNotFoundException { FileName: { } name } when IsAssembly(name) => $"{Describe(name)} is missing{Needs(name, path)}: it is not among the files of {path}; {Publish}",
        FileLoadException { FileName: { } name } when IsAssembly(name) => $"{Describe(name)} cannot be used{Needs(name, path)}: {FirstLine(error)} Have all of the topology built against one version of it",
        BadImageFormatException { FileName: { } name } => $"{name}, which {Path.GetFileName(path)} needs, is no assembly for this machine: {FirstLine(error)}; {Publish}",
        DllNotFoundException => $"A native library is missing that {Path.GetFileName(path)} needs: {FirstLine(error)} Install it, or publish the topology for this system with 'dotnet publish -r'",
        _ => null,
    };

    private static IEnumerable<Exception> Causes(Exception error)
    {
        yield return error;
        IEnumerable<Exception?> inner = error switch
        {
            ReflectionTypeLoadException types => types.LoaderExceptions,
            AggregateException several => several.InnerExceptions,
            _ => [error.InnerException],
        };
        foreach (var cause in inner.OfType<Exception>().SelectMany(Causes)) yield return cause;
    }

    private static bool IsAssembly(string name) => name.Contains(", Version=", StringComparison.Ordinal);

    private static string Describe(string name)
    {
        var assembly = new AssemblyName(name);
        return $"The assembly {assembly.Name} {assembly.Version}";
    }

    private static string Needs(string name, string path)
    {
        // An assembly that was made in memory lies nowhere.
        if (path.Length == 0) return "";
        var missing = new AssemblyName(name).Name;
        var users = Directory.EnumerateFiles(Path.GetDirectoryName(Path.GetFullPath(path))!, "*.dll").Where(file => RefersTo(file, missing!)).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal).ToList();
        return users.Count == 0 ? "" : $", which {string.Join(" and ", users)} {(users.Count == 1 ? "needs" : "need")}";
    }

    private static bool RefersTo(string file, string assembly)
    {
        try
        {
            using var image = new PEReader(File.OpenRead(file));
            if (!image.HasMetadata) return false;
            var reader = image.GetMetadataReader();
            return reader.AssemblyReferences.Any(reference => reader.StringComparer.Equals(reader.GetAssemblyReference(reference).Name, assembly, ignoreCase: true));
        }
        catch (Exception error) when (error is BadImageFormatException or IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static string FirstLine(Exception error) => error.Message.Split('\n')[0].TrimEnd();
}
