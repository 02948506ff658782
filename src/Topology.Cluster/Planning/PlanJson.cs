using System.Text.Json.Serialization;

namespace Topology.Cluster;

/// <summary>How a planning process is asked and answers.</summary>
[JsonSerializable(typeof(PlanRequest))]
[JsonSerializable(typeof(PlanAnswer))]
internal sealed partial class PlanJson : JsonSerializerContext;
