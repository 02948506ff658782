using System.Text.Json.Serialization;

namespace Topology.Web;

/// <summary>The body of every answer that is not a success, as <c>application/problem+json</c>.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Kind">Why, for programs.</param>
/// <param name="What">What is wrong, for people.</param>
/// <param name="Where">The method and the route, as <c>POST /api/v1/topologies</c>.</param>
/// <param name="Next">What to do about it; empty where <paramref name="What"/> says it.</param>
/// <param name="Topology">The id of the topology that it is about; null for none.</param>
internal sealed record ApiProblem(int Status, ProblemKind Kind, string What, string Where, string Next, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Topology = null)
{
    public const string ContentType = "application/problem+json";

    /// <summary>What is wrong and what to do, in one text.</summary>
    [JsonIgnore]
    public string Text => Next.Length == 0 ? What : $"{What} {Next}";
}
