using System.Collections.Immutable;
using System.Text.Json;

namespace Topology.Cluster;

/// <summary>
/// What all workers of a topology must agree on, as lines of text that can be sent and compared: the same facts as <see cref="TopologyPlan.Hash"/> is made of, so that two plans of equal hashes have equal lines, and two of
/// different hashes differ in a line that says where. Each line is <c>subject: fact</c>, and no subject occurs twice. Executors and the settings of single tasks are not among them: a rebalance changes those.
/// </summary>
public static class PlanText
{
    private const string Separator = ": ";

    /// <summary>The lines of a plan, in the order of its components, streams and inputs.</summary>
    /// <param name="plan">The plan.</param>
    public static ImmutableArray<string> Of(TopologyPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        return [Line("the delivery", plan.Options.Delivery.ToString()), Line("the number of ackers", $"{plan.Options.Ackers}"), .. plan.Components.SelectMany(Of)];
    }

    /// <summary>
    /// Says in one line where two plans differ, and why they may: what a worker says that built another plan than the one it was told to run.
    /// </summary>
    /// <param name="here">The lines of the plan of this process.</param>
    /// <param name="there">The lines of the plan that was agreed on.</param>
    /// <returns>Null if they are the same.</returns>
    public static string? Explain(IReadOnlyList<string> here, IReadOnlyList<string> there)
    {
        ArgumentNullException.ThrowIfNull(here);
        ArgumentNullException.ThrowIfNull(there);
        var (ours, theirs) = (Facts(here), Facts(there));
        var subjects = ours.Keys.Union(theirs.Keys).Where(subject => ours.GetValueOrDefault(subject) != theirs.GetValueOrDefault(subject)).ToList();
        if (subjects.Count == 0) return null;
        // A component that is not there takes its streams and inputs along.
        var first = subjects[0];
        var more = subjects.Count > 1 ? FormattableString.Invariant($" (and {subjects.Count - 1} more)") : "";
        return $"The topology is not the same in every process: {first} is {ours.GetValueOrDefault(first, "missing")} here and {theirs.GetValueOrDefault(first, "missing")} there{more}. "
            + "Build must give the same everywhere: let it read settings alone, no clock, chance, host name, environment or file.";
    }

    private static IEnumerable<string> Of(ComponentPlan component)
    {
        var id = Quote(component.Id);
        yield return Line($"component {id}", $"a {(component.IsReliable ? "tracked " : "")}{component.Kind.ToString().ToLowerInvariant()} with {component.Tasks} task{(component.Tasks == 1 ? "" : "s")}");
        foreach (var (index, stream) in component.Streams.Index())
            yield return Line(FormattableString.Invariant($"stream {index + 1} of {id}"), $"{(stream.IsDirect ? "direct " : "")}{Quote(stream.Name)} with the fields ({Join(stream.Fields)})");
        foreach (var (index, input) in component.Inputs.Index())
            yield return Line(FormattableString.Invariant($"input {index + 1} of {id}"), $"{Quote(input.Stream)} of {Quote(input.Component)} by {input.Grouping.GetType().Name}({Join(input.Grouping.Keys)})");
    }

    private static Dictionary<string, string> Facts(IEnumerable<string> lines)
    {
        var facts = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var line in lines)
        {
            var end = line.IndexOf(Separator, StringComparison.Ordinal);
            facts[end < 0 ? line : line[..end]] = end < 0 ? "" : line[(end + Separator.Length)..];
        }

        return facts;
    }

    // As in JSON, so that no choice of names makes two plans one text.
    private static string Quote(string name) => $"\"{JsonEncodedText.Encode(name)}\"";

    private static string Join(IEnumerable<string> names) => string.Join(", ", names.Select(Quote));

    private static string Line(string subject, string fact) => subject + Separator + fact;
}
