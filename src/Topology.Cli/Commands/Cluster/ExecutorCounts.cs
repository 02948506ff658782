using System.Collections.Immutable;
using System.Globalization;

namespace Topology.Cli;

/// <summary>Reads how many executors components are to have.</summary>
internal static class ExecutorCounts
{
    /// <param name="given">Values of <c>--executors</c>; the last one of a component counts.</param>
    /// <returns>Null where none were given.</returns>
    /// <exception cref="CommandException">One is not written <c>component=number</c>.</exception>
    public static ImmutableSortedDictionary<string, int>? Read(IEnumerable<string> given)
    {
        var counts = ImmutableSortedDictionary.CreateBuilder<string, int>(StringComparer.Ordinal);
        foreach (var text in given)
        {
            if (text.Split('=', 2) is not [{ Length: > 0 } component, var number] || !int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var count))
                throw new CommandException(ExitCode.Usage, $"--executors {text}: a number of executors is written component=number", "--executors split=4");
            counts[component] = count;
        }

        return counts.Count == 0 ? null : counts.ToImmutable();
    }
}
