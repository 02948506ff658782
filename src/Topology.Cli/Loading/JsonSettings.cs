using System.Text;
using System.Text.Json;

namespace Topology.Cli;

/// <summary>Reads settings from JSON; comments and trailing commas are forgiven.</summary>
internal static class JsonSettings
{
    private static readonly JsonReaderOptions Options = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    public static void Read(ReadOnlySpan<byte> text, SettingsFlattener settings)
    {
        if (text.StartsWith(Encoding.UTF8.Preamble)) text = text[Encoding.UTF8.Preamble.Length..];
        var reader = new Utf8JsonReader(text, Options);
        try
        {
            while (reader.Read()) Take(ref reader, text, settings);
        }
        catch (JsonException exception)
        {
            var message = exception.Message.Split(" LineNumber:")[0];
            throw settings.Problem((exception.LineNumber ?? 0) + 1, "not JSON: " + message, null, exception);
        }
    }

    private static void Take(ref Utf8JsonReader reader, ReadOnlySpan<byte> text, SettingsFlattener settings)
    {
        var line = 1 + text[..(int)reader.TokenStartIndex].Count((byte)'\n');
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                settings.OpenMap(line);
                break;
            case JsonTokenType.EndObject:
                settings.CloseMap();
                break;
            case JsonTokenType.PropertyName:
                settings.Key(reader.GetString()!, line);
                break;
            case JsonTokenType.StartArray:
                throw settings.List(line);
            case var _ when settings.ExpectsKey:
                throw settings.Problem(line, "the file holds no map", "settings written as {\"key\": \"value\"}");
            case JsonTokenType.String or JsonTokenType.Null:
                settings.Value(reader.GetString(), line);
                break;
            default:
                settings.Value(Encoding.UTF8.GetString(reader.ValueSpan), line);
                break;
        }
    }
}
