using System.Reflection;
using CommandLine;

namespace Topology.Cli;

/// <summary>The options of a command, read from its arguments' class.</summary>
internal sealed class OptionList
{
    private OptionList(Type arguments) => Options =
    [
        .. arguments.GetProperties()
            .Select(p => (Option: p.GetCustomAttribute<OptionAttribute>(), p.PropertyType))
            .Where(o => o.Option is not null)
            .Select(o => (o.Option!, o.PropertyType)),
    ];

    /// <summary>Each option with the type of its value; a flag, which takes none, is a <see cref="bool"/>.</summary>
    public IReadOnlyList<(OptionAttribute Option, Type Type)> Options { get; }

    public static OptionList Of(Type arguments) => new(arguments);

    /// <summary>The option of an argument such as <c>--set</c>, <c>--set=a=b</c>, <c>-o</c> or <c>-ojson</c>, and the value written into it.</summary>
    /// <returns>Null where there is no such option.</returns>
    public (OptionAttribute Option, bool IsFlag, string? Value)? Find(string argument)
    {
        if (argument.StartsWith("--", StringComparison.Ordinal))
        {
            var parts = argument[2..].Split('=', 2);
            return Find(o => o.LongName == parts[0], parts.ElementAtOrDefault(1));
        }

        return Find(o => o.ShortName == argument[1..2], argument.Length == 2 ? null : argument[2..].TrimStart('='));
    }

    private (OptionAttribute Option, bool IsFlag, string? Value)? Find(Func<OptionAttribute, bool> predicate, string? value)
    {
        foreach (var (option, type) in Options)
        {
            if (predicate(option)) return (option, type == typeof(bool), value);
        }

        return null;
    }
}
