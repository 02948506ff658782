using System.Reflection;
using Topology.Cluster;

namespace Topology.Cli;

/// <summary>Finds the topology's class in an assembly and makes an instance.</summary>
internal static class TopologyClass
{
    private const string Requirement = "a public class that implements ITopology and has a public constructor without parameters";

    /// <param name="assembly">Where to look.</param>
    /// <param name="name">The class's simple or full name, in letters of any case; null for the only one.</param>
    /// <param name="usage">The command as far as the class's name, for the hint.</param>
    /// <exception cref="CommandException">There is none, or several.</exception>
    public static Type Find(Assembly assembly, string? name, string usage)
    {
        var (topologies, loadError) = TypesOf(assembly);
        var usable = Usable(topologies);
        var file = assembly.GetName().Name!;
        if (name is not null) return FindNamed(topologies, usable, name, file, usage);
        return usable switch
        {
            [var one] => one,
            [] => throw None(topologies, file, assembly.Location, loadError),
            _ => throw Several(usable, $"{usable.Count} topologies in {file}", usage),
        };
    }

    /// <summary>The classes of an assembly that can be meant, by full name.</summary>
    public static IReadOnlyList<Type> UsableIn(Assembly assembly) => Usable(TypesOf(assembly).Topologies);

    /// <exception cref="CommandException">The constructor threw.</exception>
    public static ITopology Create(Type type)
    {
        try
        {
            return (ITopology)Activator.CreateInstance(type)!;
        }
        catch (Exception exception)
        {
            var cause = exception is TargetInvocationException { InnerException: { } inner } ? inner : exception;
            throw new CommandException(
                ExitCode.Invalid,
                MissingDependency.Explain(cause, type.Assembly.Location) ?? $"the constructor of {type.FullName} threw {cause.GetType().Name}: {cause.Message}",
                "--debug, which shows where",
                cause);
        }
    }

    private static Type FindNamed(IReadOnlyList<Type> topologies, List<Type> usable, string name, string file, string usage)
    {
        var matches = usable.Where(t => IsNamed(t, name, StringComparison.Ordinal)).ToList();
        if (matches.Count == 0) matches = [.. usable.Where(t => IsNamed(t, name, StringComparison.OrdinalIgnoreCase))];
        if (matches is [var one]) return one;
        if (matches.Count > 1) throw Several(matches, $"{matches.Count} topologies named '{name}' in {file}", usage);
        if (topologies.FirstOrDefault(t => IsNamed(t, name, StringComparison.OrdinalIgnoreCase)) is { } unusable)
            throw new CommandException(ExitCode.Usage, $"{unusable.FullName} {Obstacle(unusable)}", Requirement);
        throw new CommandException(
            ExitCode.Usage,
            $"no topology '{name}' in {file}{Suggestion.For(name, usable.Select(t => name.Contains('.') ? t.FullName! : t.Name))}",
            usable.Count == 0 ? Requirement : $"{usage} {usable[0].Name}");
    }

    private static List<Type> Usable(IReadOnlyList<Type> topologies) => [.. topologies.Where(t => Obstacle(t) is null).OrderBy(t => t.FullName, StringComparer.Ordinal)];

    private static bool IsNamed(Type type, string name, StringComparison comparison) => name.Equals(type.Name, comparison) || name.Equals(type.FullName, comparison);

    private static CommandException Several(List<Type> types, string problem, string usage)
    {
        var areDistinct = types.Select(t => t.Name).Distinct(StringComparer.OrdinalIgnoreCase).Count() == types.Count;
        var names = types.Select(t => areDistinct ? t.Name : t.FullName!).ToList();
        return new CommandException(ExitCode.Usage, $"{problem}: {string.Join(", ", names)}", $"{usage} {names[0]}");
    }

    private static CommandException None(IReadOnlyList<Type> topologies, string file, string path, Exception? loadError)
    {
        if (topologies.Count > 0) return new CommandException(ExitCode.Usage, [.. topologies.Select(t => $"{t.FullName} {Obstacle(t)}")], Requirement);
        if (loadError is null) return new CommandException(ExitCode.Usage, $"no topology in {file}", Requirement);
        return new CommandException(
            ExitCode.Usage,
            $"no topology in {file}, of whose types some cannot be loaded: {MissingDependency.Explain(loadError, path) ?? loadError.Message}",
            "the project's folder, or its assembly where 'dotnet publish' put it",
            loadError);
    }

    private static (IReadOnlyList<Type> Topologies, Exception? LoadError) TypesOf(Assembly assembly)
    {
        Type?[] types;
        Exception? loadError = null;
        try
        {
            types = assembly.GetTypes();
        }
        catch (ReflectionTypeLoadException exception)
        {
            // Types that miss a reference are no hindrance as long as the topology is not among them.
            types = exception.Types;
            loadError = exception.LoaderExceptions.OfType<Exception>().FirstOrDefault() ?? exception;
        }

        return ([.. types.OfType<Type>().Where(t => t is { IsClass: true, IsAbstract: false } && typeof(ITopology).IsAssignableFrom(t))], loadError);
    }

    private static string? Obstacle(Type type)
    {
        if (!type.IsVisible) return "is a topology, but not public";
        if (type.ContainsGenericParameters) return "is a topology, but generic";
        return type.GetConstructor(Type.EmptyTypes) is null ? "is a topology, but has no public constructor without parameters" : null;
    }
}
