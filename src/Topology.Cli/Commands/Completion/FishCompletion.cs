using System.Globalization;
using System.Text;

namespace Topology.Cli;

/// <summary>Completion in fish.</summary>
internal static class FishCompletion
{
    public static string Of(IReadOnlyList<CompletedVerb> verbs)
    {
        var text = new StringBuilder("# Completion of topology in fish. In ~/.config/fish/config.fish: topology completion fish | source\ncomplete -c topology -f\n");
        foreach (var verb in verbs) text.Append(CultureInfo.InvariantCulture, $"complete -c topology -n __fish_use_subcommand -a {verb.Name} -d {Quote(verb.Meaning)}\n");
        foreach (var verb in verbs)
        {
            var condition = $"complete -c topology -n '__fish_seen_subcommand_from {verb.Name}'";
            foreach (var option in verb.Options)
                text.Append(CultureInfo.InvariantCulture, $"{condition}{(option.Short.Length > 0 ? " -s " + option.Short : "")} -l {option.Long}{Value(option.Value)} -d {Quote(option.Meaning)}\n");
            // A second word is not told from a first one, so both are offered.
            foreach (var word in verb.Words.Where(w => w.Kind != CompletionKind.Any)) text.Append(CultureInfo.InvariantCulture, $"{condition}{Word(word)}\n");
        }

        return text.ToString();
    }

    private static string Value(CompletedWord word) => word.Kind switch
    {
        CompletionKind.None => "",
        CompletionKind.Path => " -r -F",
        _ => " -x" + Word(word),
    };

    private static string Word(CompletedWord word) => word.Kind switch
    {
        CompletionKind.Choice => $" -a {Quote(string.Join(' ', word.Choices))}",
        CompletionKind.Path => " -F",
        CompletionKind.Topology => " -a '(topology list -o name 2>/dev/null)'",
        CompletionKind.Context => " -a '(topology context list -o name 2>/dev/null)'",
        _ => "",
    };

    private static string Quote(string text) => $"'{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal)}'";
}
