using System.Collections.Immutable;

namespace Topology;

/// <summary>Makes an instance of each component, asks it for its streams, and checks those.</summary>
internal static class InstanceCheck
{
    public static void Check(PlanDraft plan)
    {
        foreach (var component in plan.Components)
        {
            if (FactoryCheck.Make(component.Label, component.Factory, plan.Errors) is not { } instance) continue;
            component.Example = instance as ReliableSpout;
            Read(component, instance, plan.Errors);
            if (component is { Kind: ComponentKind.Spout, IsReliable: false, Options.MaxSpoutPending: not null })
                plan.Warnings.Add($"{component.Label}: MaxSpoutPending has no effect, since its tuples are not tracked; derive it from ReliableSpout to have them tracked.");
        }
    }

    private static void Read(ComponentDraft component, object instance, List<string> errors)
    {
        Fields? output;
        var declarer = new StreamDeclarer();
        try
        {
            output = component.Kind == ComponentKind.Spout ? Ask((SpoutBase)instance, declarer) : Ask((IBolt)instance, declarer);
        }
        catch (Exception exception)
        {
            errors.Add($"{component.Label}: asking for its Output and streams threw {FactoryCheck.Describe(exception)}");
            return;
        }

        if (output is null)
        {
            errors.Add($"{component.Label}: its Output is null; give the names of its fields, or [] for none.");
            return;
        }

        component.Streams = Number(component, [(StreamId.Default, output, false), .. declarer.Streams], errors);
    }

    private static Fields? Ask(SpoutBase spout, StreamDeclarer streams)
    {
        spout.Declare(streams);
        return spout.Output;
    }

    private static Fields? Ask(IBolt bolt, StreamDeclarer streams)
    {
        bolt.Declare(streams);
        return bolt.Output;
    }

    private static ImmutableArray<StreamId> Number(ComponentDraft component, List<(string Name, Fields Fields, bool Direct)> declared, List<string> errors)
    {
        var streams = ImmutableArray.CreateBuilder<StreamId>();
        foreach (var (name, fields, direct) in declared)
        {
            CheckStream(component.Label, name, fields, errors);
            if (streams.All(s => s.Name != name)) streams.Add(new StreamId(component.Id, name, streams.Count, fields ?? Fields.None, direct));
            else errors.Add(TwiceDeclared(component.Label, name));
        }

        if (component is { Kind: ComponentKind.Bolt, Options.OnError: ErrorPolicy.DeadLetter }) AddDeadLetters(component, streams, errors);
        return streams.ToImmutable();
    }

    private static string TwiceDeclared(string label, string name) => name == StreamId.Default
        ? $"{label} declares stream 'default', which it has already: its fields are those of Output; give the other stream another name."
        : $"{label} declares stream '{name}' twice; give each stream a name of its own.";

    private static void CheckStream(string label, string name, Fields? fields, List<string> errors)
    {
        if (Identifier.Problem(name) is { } problem) errors.Add($"{label}: the stream name '{name}' {problem}.");
        if (fields is null)
        {
            errors.Add($"{label}: the fields of stream '{name}' are null; give their names, or [] for none.");
            return;
        }

        if (fields.Any(string.IsNullOrWhiteSpace)) errors.Add($"{label}: stream '{name}' has a field without a name in {fields}; name each field.");
        foreach (var repeated in fields.Where(f => !string.IsNullOrWhiteSpace(f)).GroupBy(f => f, StringComparer.Ordinal).Where(g => g.Count() > 1))
            errors.Add($"{label}: stream '{name}' has the field '{repeated.Key}' {repeated.Count()} times in {fields}; give each field a name of its own.");
    }

    private static void AddDeadLetters(ComponentDraft component, ImmutableArray<StreamId>.Builder streams, List<string> errors)
    {
        if (streams.FirstOrDefault(s => s.Name == StreamId.DeadLetter) is not { } own)
            streams.Add(new StreamId(component.Id, StreamId.DeadLetter, streams.Count, DeadLetterStream.Fields, direct: false));
        else if (own.IsDirect || !own.Fields.Equals(DeadLetterStream.Fields))
            errors.Add($"{component.Label}: with OnError(DeadLetter) its stream 'dead-letter' must have the fields {DeadLetterStream.Fields} and not be direct; leave its declaration out, and it is added.");
    }
}
