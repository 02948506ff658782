using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Topology.Cli;

/// <summary>Reads settings from YAML, by its events: they tell lines, and make nothing of types or aliases.</summary>
internal static class YamlSettings
{
    public static void Read(TextReader text, SettingsFlattener settings)
    {
        var parser = new Parser(text);
        try
        {
            for (var documents = 0; parser.MoveNext();)
            {
                if (parser.Current is DocumentStart && ++documents > 1) throw settings.Problem(Line(parser), "a second document begins", "one file for each");
                Take(parser, settings);
            }
        }
        catch (YamlException exception)
        {
            throw settings.Problem(exception.Start.Line, "not YAML: " + (exception.InnerException ?? exception).Message, null, exception);
        }
    }

    private static void Take(Parser parser, SettingsFlattener settings)
    {
        switch (parser.Current)
        {
            case MappingStart:
                settings.OpenMap(Line(parser));
                break;
            case MappingEnd:
                settings.CloseMap();
                break;
            case Scalar { Value: "", Style: ScalarStyle.Plain } when !settings.IsInMap:
                // A document of nothing but comments.
                break;
            case Scalar scalar when settings.ExpectsKey:
                settings.Key(scalar.Value, Line(parser));
                break;
            case Scalar scalar:
                settings.Value(IsNull(scalar) ? null : scalar.Value, Line(parser));
                break;
            case SequenceStart:
                throw settings.List(Line(parser));
            case AnchorAlias:
                throw settings.Problem(Line(parser), "an alias", "the value itself");
        }
    }

    private static bool IsNull(Scalar scalar) => scalar.Style == ScalarStyle.Plain && scalar.Value is "" or "~" or "null" or "Null" or "NULL";

    private static long Line(Parser parser) => parser.Current!.Start.Line;
}
