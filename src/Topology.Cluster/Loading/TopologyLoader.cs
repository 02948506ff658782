using System.Reflection;

namespace Topology.Cluster;

/// <summary>Loads a topology's class from its assembly, in a context of its own, and plans it: what a worker does with what it was told to run.</summary>
public static class TopologyLoader
{
    /// <summary>The plan of a topology.</summary>
    /// <param name="path">The path of its assembly.</param>
    /// <param name="className">The full name of its class.</param>
    /// <param name="name">The run's name; null for the class's.</param>
    /// <param name="settings">Settings that go before what the code says.</param>
    /// <exception cref="TopologyLoadException">The assembly, its class or something that it needs is not there or cannot be used, or its code threw.</exception>
    /// <exception cref="InvalidTopologyException">The topology cannot run.</exception>
    /// <exception cref="SettingException">A setting is missing or cannot be read.</exception>
    public static TopologyPlan Plan(string path, string className, string? name = null, IReadOnlyDictionary<string, string>? settings = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(className);
        var assembly = LoadAssembly(path);
        try
        {
            var type = assembly.GetType(className) ?? throw new TopologyLoadException($"There is no class {className} in {path}: submit the topology again.");
            if (!typeof(ITopology).IsAssignableFrom(type)) throw new TopologyLoadException($"{className} in {path} is no {nameof(ITopology)}.");
            return TopologyPlanner.Plan((ITopology)Activator.CreateInstance(type)!, name, settings);
        }
        catch (Exception error) when (error is not TopologyException || MissingDependency.Explain(error, path) is not null)
        {
            throw Failure(error, path, className);
        }
    }

    /// <summary>Loads an assembly into a <see cref="TopologyLoadContext"/> of its own. Two calls give two assemblies, which share nothing.</summary>
    /// <param name="path">Its path.</param>
    /// <exception cref="TopologyLoadException">It is not there, is no assembly, or may not be read.</exception>
    public static Assembly LoadAssembly(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var full = Path.GetFullPath(path);
        try
        {
            return new TopologyLoadContext(full).LoadFromAssemblyPath(full);
        }
        catch (BadImageFormatException error)
        {
            throw new TopologyLoadException($"'{path}' is not a .NET assembly", error);
        }
        catch (Exception error) when (error is IOException or InvalidOperationException or UnauthorizedAccessException or ArgumentException)
        {
            throw new TopologyLoadException($"'{path}' cannot be loaded: {error.Message}", error);
        }
    }

    private static TopologyLoadException Failure(Exception error, string path, string className)
    {
        var cause = error is TargetInvocationException { InnerException: { } inner } ? inner : error;
        return new(MissingDependency.Explain(cause, path) ?? $"building {className} threw {cause.GetType().Name}: {cause.Message}", cause);
    }
}
