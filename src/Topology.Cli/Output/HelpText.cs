using System.Text;
using CommandLine;

namespace Topology.Cli;

/// <summary>The help, made from the attributes that the parser reads; 80 columns.</summary>
internal static class HelpText
{
    private const int Width = 80;

    public static string Program(CommandContext context)
    {
        var text = new StringBuilder();
        text.AppendLine($"topology {CommandLineProgram.Version}: runs topologies of spouts and bolts").AppendLine();
        text.AppendLine($"usage: {context.Program} COMMAND [options]");
        foreach (var group in CommandVerbs.Of(context).GroupBy(v => v.Group).OrderBy(g => g.Key))
        {
            text.AppendLine().AppendLine($"{Title(group.Key)}:");
            foreach (var (name, _, meaning) in group) AppendRow(text, name, meaning, 15);
        }

        AppendExitCodes(text);
        text.AppendLine().AppendLine("examples:");
        foreach (var example in Examples(context)) text.AppendLine($"  {context.Program} {example}");
        return text.ToString();
    }

    public static string Command(CommandVerb verb, CommandContext context)
    {
        var text = new StringBuilder();
        AppendWrapped(text, $"{verb.Name}: {verb.Meaning}", 0);
        var words = WordList.Of(verb.Arguments);
        var shown = words.Words.Where(w => context.Own is null || w.MetaName != "PATH").ToList();
        text.AppendLine().AppendLine($"usage: {string.Join(' ', [context.Program, verb.Name, .. shown.Select(words.Usage), "[options]"])}").AppendLine();
        foreach (var word in shown) AppendRow(text, word.MetaName, word.HelpText, 22);
        if (shown.Count > 0) text.AppendLine();
        text.AppendLine("options:");
        foreach (var (option, _) in OptionList.Of(verb.Arguments).Options) AppendRow(text, Name(option), option.HelpText, 22);
        AppendRow(text, "-h, --help", "prints this", 22);
        if (verb.Note is { } note)
        {
            text.AppendLine();
            AppendWrapped(text, note, 0);
        }

        AppendExitCodes(text);
        return text.ToString();
    }

    private static string Title(VerbGroup group) => group switch
    {
        VerbGroup.Local => "in this process",
        VerbGroup.Daemon => "the daemon",
        VerbGroup.Change => "topologies in a cluster",
        VerbGroup.Look => "what they do",
        VerbGroup.Program => "this program",
        _ => throw new ArgumentOutOfRangeException(nameof(group), group, "No such group."),
    };

    private static IEnumerable<string> Examples(CommandContext context) => context.Own is null
        ? ["run topologies/WordCount --set input=book.txt", "run bin/Release/net10.0/WordCount.dll --for 30s -o json", "validate topologies/WordCount"]
        : ["--set input=book.txt", "run --for 30s -o json", "validate"];

    private static string Name(OptionAttribute option)
    {
        var name = option.ShortName.Length > 0 ? $"-{option.ShortName}, --{option.LongName}" : "--" + option.LongName;
        return option.MetaValue.Length > 0 ? $"{name} {option.MetaValue}" : name;
    }

    private static void AppendExitCodes(StringBuilder text)
    {
        text.AppendLine().AppendLine("exit codes:");
        foreach (var (code, meaning) in ExitCode.All) AppendRow(text, $"{code,3}", meaning, 6);
    }

    private static void AppendRow(StringBuilder text, string name, string meaning, int indent)
    {
        text.Append("  ").Append(name.PadRight(indent - 3)).Append(' ');
        AppendWrapped(text, meaning, indent);
    }

    private static void AppendWrapped(StringBuilder text, string words, int indent)
    {
        var column = indent;
        foreach (var word in words.Split(' '))
        {
            if (column > indent && column + 1 + word.Length > Width)
            {
                text.AppendLine().Append(' ', indent);
                column = indent;
            }

            if (column > indent) text.Append(' ');
            text.Append(word);
            column += word.Length + (column > indent ? 1 : 0);
        }

        text.AppendLine();
    }
}
