using System.Text.Json;
using System.Text.Json.Serialization;
using Topology.Cluster;

namespace Topology.Web;

/// <summary>An upload's id as its digits.</summary>
internal sealed class UploadIdConverter : JsonConverter<UploadId>
{
    public override UploadId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && UploadId.TryParse(reader.GetString(), out var id)
            ? id
            : throw new JsonException("An upload's id is the SHA-256 of its content: 64 lower-case hexadecimal digits.");

    public override void Write(Utf8JsonWriter writer, UploadId value, JsonSerializerOptions options) => writer.WriteStringValue(value.Text);
}
