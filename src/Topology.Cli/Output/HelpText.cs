using System.Reflection;
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
        text.AppendLine($"usage: {context.Program} COMMAND [options]").AppendLine();
        text.AppendLine("commands:");
        foreach (var (name, meaning) in CommandVerbs.All) AppendRow(text, name, meaning, 12);
        AppendExitCodes(text);
        text.AppendLine().AppendLine("examples:");
        foreach (var example in Examples(context)) text.AppendLine($"  {context.Program} {example}");
        return text.ToString();
    }

    public static string Command(Type arguments, CommandContext context)
    {
        var verb = arguments.GetCustomAttribute<VerbAttribute>()!;
        var text = new StringBuilder();
        text.AppendLine($"{verb.Name}: {verb.HelpText}").AppendLine();
        var path = context.Own is null ? "PATH " : "";
        text.AppendLine($"usage: {context.Program} {verb.Name} {path}[CLASS] [options]").AppendLine();
        foreach (var value in arguments.GetProperties().Select(p => p.GetCustomAttribute<ValueAttribute>()).OfType<ValueAttribute>())
        {
            if (!value.Hidden && (context.Own is null || value.MetaName != "PATH")) AppendRow(text, value.MetaName, value.HelpText, 22);
        }

        text.AppendLine().AppendLine("options:");
        foreach (var (option, _) in OptionList.Of(arguments).Options) AppendRow(text, Name(option), option.HelpText, 22);
        AppendRow(text, "-h, --help", "prints this", 22);
        if (arguments == typeof(RunArguments))
        {
            text.AppendLine();
            AppendWrapped(text, "Ctrl-C and SIGTERM drain and stop the run; a second one stops it at once. Rates, logs and errors go to standard error, the summary to "
                + "standard output. NO_COLOR is respected.", 0);
        }

        AppendExitCodes(text);
        return text.ToString();
    }

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
