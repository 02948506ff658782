using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Topology.Cli;

/// <summary>Writes what a cluster says to standard output, in the format that was asked for.</summary>
internal static class Answer
{
    /// <summary>One document: names in camel case, enums as text.</summary>
    public static readonly JsonSerializerOptions Document = Options(indented: true);

    /// <summary>The same in one line.</summary>
    public static readonly JsonSerializerOptions Line = Options(indented: false);

    /// <summary>Writes many items.</summary>
    /// <param name="items">The items.</param>
    /// <param name="name">An item's name.</param>
    /// <param name="table">Writes them for people.</param>
    /// <param name="format">How to write them.</param>
    /// <param name="console">Where to.</param>
    public static void Write<T>(IReadOnlyList<T> items, Func<T, string> name, Action table, AnswerFormat format, IConsole console)
    {
        switch (format)
        {
            case AnswerFormat.Json:
                console.Out.WriteLine(JsonSerializer.Serialize(items, Document));
                break;
            case AnswerFormat.Jsonl:
                foreach (var item in items) WriteLine(item, console);
                break;
            case AnswerFormat.Name:
                foreach (var item in items) console.Out.WriteLine(OneLine.Of(name(item)));
                break;
            default:
                table();
                break;
        }
    }

    /// <summary>Writes one item.</summary>
    public static void Write<T>(T item, Func<T, string> name, Action text, AnswerFormat format, IConsole console)
    {
        if (format == AnswerFormat.Json) console.Out.WriteLine(JsonSerializer.Serialize(item, Document));
        else Write([item], name, text, format, console);
    }

    /// <summary>Writes one item as a line of JSON.</summary>
    public static void WriteLine<T>(T item, IConsole console) => console.Out.WriteLine(JsonSerializer.Serialize(item, Line));

    /// <summary>Writes a table, as wide as the terminal, or as wide as it is where there is none.</summary>
    public static void WriteTable<TRow>(IEnumerable<Column<TRow>> columns, IReadOnlyList<TRow> rows, IConsole console)
    {
        var grid = new Grid<TRow>(columns, rows, console.IsOutTerminal ? console.Width : SpectreConsole.Unlimited);
        foreach (var line in SpectreConsole.Lines(grid.Render(), console.IsOutTerminal, console)) console.Out.WriteLine(line);
    }

    // The answer goes to a terminal or a file, never into a page of HTML.
    private static JsonSerializerOptions Options(bool indented) => new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        WriteIndented = indented,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };
}
