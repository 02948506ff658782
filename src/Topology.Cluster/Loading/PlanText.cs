using System.Collections.Immutable;
using System.Text.Json;

namespace Topology.Cluster;

/// <summary>
/// What all workers of a topology must agree on, as lines of text that can be sent and compared: the same facts as <see cref="TopologyPlan.Hash"/> is made of, so that two plans of equal hashes have equal lines, and two of
/// different hashes differ in a line that says where. Each line is <c>subject: fact</c>, and no subject occurs twice. Executors and the settings of single tasks are not among them: a rebalance changes those.
/// </summary>
public static class PlanText
{
    /// <summary>What to do about plans that differ.</summary>
    public const string Advice = "Build must give the same everywhere: let it read settings alone, no clock, chance, host name, environment or file.";

    private const string Separator = ": ";

    /// <summary>The lines of a plan, in the order of its components, streams and inputs.</summary>
    /// <param name="plan">The plan.</param>
    public static ImmutableArray<string> Of(TopologyPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        return [Line("the delivery", plan.Options.Delivery.ToString()), Line("the number of ackers", $"{plan.Options.Ackers}"), .. plan.Components.SelectMany(Of)];
    }

    /// <summary>
    /// Says in one line where two plans differ, and what to do about it: what people are told when a worker built another plan than the one it was to run.
    /// </summary>
    /// <param name="built">The lines of the plan that the worker built.</param>
    /// <param name="submitted">The lines of the plan that was submitted.</param>
    /// <returns>Null if they are the same.</returns>
    public static string? Explain(IReadOnlyList<string> built, IReadOnlyList<string> submitted)
    {
        ArgumentNullException.ThrowIfNull(built);
        ArgumentNullException.ThrowIfNull(submitted);
        var (ours, theirs) = (Facts(built), Facts(submitted));
        var subjects = ours.Keys.Union(theirs.Keys).Where(subject => ours.GetValueOrDefault(subject) != theirs.GetValueOrDefault(subject)).ToList();
        if (subjects.Count == 0) return null;
        // A component that is not there takes its streams and inputs along.
        var first = subjects[0];
        var more = subjects.Count > 1 ? FormattableString.Invariant($" (and {subjects.Count - 1} more)") : "";
        return $"Build made another topology in a worker than when it was submitted: {first} is {ours.GetValueOrDefault(first, "missing")} in the worker, and was {theirs.GetValueOrDefault(first, "missing")}{more}. {Advice}";
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
