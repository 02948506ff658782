using System.Globalization;

namespace Topology;

/// <summary>Checks what bolts subscribe to, and warns of what nobody subscribes to.</summary>
internal static class SubscriptionCheck
{
    /// <summary>The most key groups that keys are dealt to; a task beyond them would get no key.</summary>
    private const int MostKeyGroups = 32_768;

    public static void Check(PlanDraft plan)
    {
        foreach (var bolt in plan.Components.Where(c => c.Kind == ComponentKind.Bolt)) CheckBolt(bolt, plan);

        var sources = plan.Components.SelectMany(c => c.Inputs).Select(i => i.Component).ToHashSet(StringComparer.Ordinal);
        foreach (var spout in plan.ById.Values.Where(c => c.Kind == ComponentKind.Spout && !sources.Contains(c.Id)))
            plan.Warnings.Add($"{spout.Label} has no consumer: what it emits goes nowhere.");
    }

    private static void CheckBolt(ComponentDraft bolt, PlanDraft plan)
    {
        if (bolt.Inputs.Count == 0)
            plan.Errors.Add($"{bolt.Label} has no input, so it would never run: subscribe it to a component, as by .ShuffleGrouping(\"{plan.ById.Values.FirstOrDefault(c => c.Kind == ComponentKind.Spout)?.Id ?? "lines"}\").");
        foreach (var repeated in bolt.Inputs.GroupBy(i => i).Where(g => g.Count() > 1))
            plan.Errors.Add($"{bolt.Label} subscribes {repeated.Count()} times to {Name(repeated.Key)} by {repeated.Key.Grouping}, and would get each tuple as often; subscribe once.");
        foreach (var input in bolt.Inputs.Distinct()) CheckInput(bolt, input, plan);
    }

    private static void CheckInput(ComponentDraft bolt, Subscription input, PlanDraft plan)
    {
        if (input.Grouping is Grouping.Custom custom) FactoryCheck.Make($"{bolt.Label}: the custom grouping on {Name(input)}", custom.Factory, plan.Errors);
        CheckKeys(bolt, input, plan.Errors);
        if (!plan.ById.TryGetValue(input.Component, out var source))
        {
            plan.Errors.Add($"{bolt.Label} subscribes to '{input.Component}', which is no component: {Spelling.Hint(input.Component, plan.ById.Keys, "the components are")}");
            return;
        }

        // A source that could not be asked for its streams has an error of its own.
        if (source.Streams.IsDefault) return;
        if (source.FindStream(input.Stream) is not { } stream)
        {
            plan.Errors.Add($"{bolt.Label} subscribes to {Name(input)}, which does not declare it: {Spelling.Hint(input.Stream, source.Streams.Select(s => s.Name), "its streams are")}");
            return;
        }

        CheckStream(bolt, input, stream, plan);
    }

    private static void CheckStream(ComponentDraft bolt, Subscription input, StreamId stream, PlanDraft plan)
    {
        var isDirect = input.Grouping is Grouping.Direct;
        if (isDirect && !stream.IsDirect)
            plan.Errors.Add($"{bolt.Label} subscribes by direct grouping to {Name(input)}, which is not direct: declare the stream with AddDirect, or choose another grouping.");
        if (!isDirect && stream.IsDirect)
            plan.Errors.Add($"{bolt.Label} subscribes by {input.Grouping} to {Name(input)}, which is direct: use DirectGrouping(\"{input.Component}\", \"{input.Stream}\"), or declare the stream with Add.");
        foreach (var field in input.Grouping.Keys.Distinct(StringComparer.Ordinal).Where(f => stream.Fields.IndexOf(f) < 0))
            plan.Errors.Add($"{bolt.Label} groups {Name(input)} by field '{field}', which it does not have: {Spelling.Hint(field, stream.Fields, "its fields are")}");
        if (stream.Fields.Count == 0 && input.Grouping.Keys.IsEmpty)
            plan.Warnings.Add($"{bolt.Label} subscribes to {Name(input)}, which has no fields: if it is to emit values, give their names in {(stream.Index == 0 ? "Output" : "Declare")}.");
    }

    private static void CheckKeys(ComponentDraft bolt, Subscription input, List<string> errors)
    {
        if (input.Grouping is not (Grouping.ByFields or Grouping.PartialKey)) return;
        var keys = input.Grouping.Keys;
        if (keys.IsEmpty) errors.Add($"{bolt.Label} groups {Name(input)} by no field: name at least one, or use ShuffleGrouping.");
        foreach (var repeated in keys.GroupBy(k => k, StringComparer.Ordinal).Where(g => g.Count() > 1))
            errors.Add($"{bolt.Label} groups {Name(input)} by field '{repeated.Key}' {repeated.Count()} times; name each field once.");
        if (bolt.Tasks > MostKeyGroups)
            errors.Add(string.Create(CultureInfo.InvariantCulture, $"{bolt.Label} has {bolt.Tasks:N0} tasks and groups {Name(input)} by fields, but keys reach {MostKeyGroups:N0} tasks at most; lower its tasks."));
    }

    private static string Name(Subscription input) => $"stream '{input.Stream}' of '{input.Component}'";
}
