using System.Text.Json;

namespace Topology.Cluster.Tests;

/// <summary>Everything that a store shows, as text to compare.</summary>
internal static class StoreDump
{
    public static IReadOnlyList<string> Of(IClusterStore store) => store.Read(Of);

    public static IReadOnlyList<string> Of(IStoreReader reader) =>
    [
        .. reader.Topologies().SelectMany(topology => (IEnumerable<object>)
            [topology, .. reader.Assignments(topology.Id), .. Positions(reader, topology.Id), .. reader.Errors(topology.Id), .. reader.Counters(topology.Id)]).Concat(Supervisors(reader)).Concat(reader.JoinTokens()).Select(Line),
    ];

    public static string Line(object record) => $"{record.GetType().Name} {JsonSerializer.Serialize(record, record.GetType())}";

    private static IEnumerable<object> Positions(IStoreReader reader, string topology) => reader.Positions(topology).Cast<object>();

    private static IEnumerable<object> Supervisors(IStoreReader reader) => reader.Supervisors().Cast<object>();
}
