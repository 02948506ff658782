using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.Logging;
using Topology.Cluster;

namespace Topology.Web;

/// <summary>The JSON of the HTTP API, the same on both sides: names in camel case, enums in lower case, nothing found by reflection at run time. A null is as good as a member that is left out.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    MaxDepth = 16,
    Converters = [typeof(UploadIdConverter), typeof(LowerCaseEnumConverter<ProblemKind>), typeof(LowerCaseEnumConverter<CommandVerdict>), typeof(LowerCaseEnumConverter<LogLevel>)])]
[JsonSerializable(typeof(ClusterInfo))]
[JsonSerializable(typeof(SubmitRequest))]
[JsonSerializable(typeof(CommandOutcome))]
[JsonSerializable(typeof(TopologyDescription))]
[JsonSerializable(typeof(LogLine))]
[JsonSerializable(typeof(ImmutableArray<TopologySummary>))]
[JsonSerializable(typeof(ImmutableArray<ErrorRecord>))]
[JsonSerializable(typeof(ImmutableArray<SupervisorDescription>))]
[JsonSerializable(typeof(JoinInvitation))]
[JsonSerializable(typeof(ApiProblem))]
[JsonSerializable(typeof(NoBody))]
[JsonSerializable(typeof(WaitBody))]
[JsonSerializable(typeof(RebalanceBody))]
[JsonSerializable(typeof(DaemonRecord))]
internal sealed partial class ApiJson : JsonSerializerContext
{
    /// <summary>For what a client asks: a member that is unknown or said twice is refused, since who wrote it expects something of it.</summary>
    public static ApiJson Strict => Refusing.Instance;

    /// <summary>How a type is read or written.</summary>
    public JsonTypeInfo<T> Of<T>() => (JsonTypeInfo<T>)(GetTypeInfo(typeof(T)) ?? throw new InvalidOperationException($"{typeof(T)} is not part of the API's JSON."));

    // In a class of its own, since this one's fields are set before those that the generator adds.
    private static class Refusing
    {
        public static readonly ApiJson Instance = new(new JsonSerializerOptions(Default.Options) { UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow, AllowDuplicateProperties = false });
    }
}
