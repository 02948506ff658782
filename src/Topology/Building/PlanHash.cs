using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Topology;

/// <summary>
/// A hash over what all workers of a topology must agree on, by SHA-256 of a canonical text, so that it is the same on every machine. Executors are left out,
/// since a rebalance changes them, and so are settings that only one task's behaviour depends on.
/// </summary>
internal static class PlanHash
{
    public static ulong Of(TopologyOptions options, ImmutableArray<ComponentPlan> components)
    {
        var text = new StringBuilder();
        Append(text, "plan-1", options.Delivery.ToString(), Number(options.Ackers));
        foreach (var component in components)
        {
            Append(text, "component", component.Id, component.Kind.ToString(), component.IsReliable ? "tracked" : "untracked", Number(component.Tasks));
            foreach (var stream in component.Streams)
            {
                Append(text, "stream", stream.Name, stream.IsDirect ? "direct" : "regular", Number(stream.Fields.Count));
                Append(text, [.. stream.Fields]);
            }

            foreach (var input in component.Inputs)
            {
                Append(text, "input", input.Component, input.Stream, input.Grouping.GetType().Name, Number(input.Grouping.Keys.Length));
                Append(text, [.. input.Grouping.Keys]);
            }
        }

        return BinaryPrimitives.ReadUInt64BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    // Each part goes with its length, so that no choice of names makes two plans one text.
    private static void Append(StringBuilder text, params ReadOnlySpan<string> parts)
    {
        foreach (var part in parts) text.Append(Number(part.Length)).Append(':').Append(part).Append(';');
        text.Append('\n');
    }
}
