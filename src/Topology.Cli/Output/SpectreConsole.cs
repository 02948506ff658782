using Spectre.Console;

namespace Topology.Cli;

/// <summary>Makes consoles that draw on a writer of ours, with nothing detected behind our back.</summary>
internal static class SpectreConsole
{
    public static IAnsiConsole Create(TextWriter writer, bool isTerminal, bool usesColor, int width)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = isTerminal ? AnsiSupport.Yes : AnsiSupport.No,
            ColorSystem = isTerminal && usesColor ? ColorSystemSupport.Standard : ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(writer),
            Enrichment = new ProfileEnrichment { UseDefaultEnrichers = false },
        });
        console.Profile.Width = width;
        return console;
    }
}
