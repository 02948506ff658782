using Spectre.Console;
using Spectre.Console.Rendering;

namespace Topology.Cli;

/// <summary>Draws tables as lines of text, with nothing about the terminal detected behind our back.</summary>
internal static class SpectreConsole
{
    /// <summary>Wide enough for whole numbers where no terminal sets a limit.</summary>
    public const int Unlimited = 1000;

    /// <param name="content">What to draw.</param>
    /// <param name="isTerminal">Whether the lines may have codes for colours, and have to fit.</param>
    /// <param name="console">Where they go.</param>
    public static string[] Lines(IRenderable content, bool isTerminal, IConsole console)
    {
        using var text = new StringWriter { NewLine = "\n" };
        var drawing = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = isTerminal ? AnsiSupport.Yes : AnsiSupport.No,
            ColorSystem = isTerminal && console.UsesColor ? ColorSystemSupport.Standard : ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(text),
            Enrichment = new ProfileEnrichment { UseDefaultEnrichers = false },
        });
        drawing.Profile.Width = isTerminal ? console.Width : Unlimited;
        drawing.Write(content);
        return [.. text.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => l.TrimEnd())];
    }
}
