using System.Globalization;
using System.Text;

namespace Topology.Cli;

/// <summary>Completion in bash, from version 3.2 on.</summary>
internal static class BashCompletion
{
    private const string Head = """
        # Completion of topology in bash. In ~/.bashrc: source <(topology completion bash)
        _topology_words() { COMPREPLY=($(compgen -W "$1" -- "$2")); }
        _topology_paths() {
            local IFS=$'\n'
            compopt -o filenames 2>/dev/null
            COMPREPLY=($(compgen -f -- "$1"))
        }

        _topology() {
            local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]} verb=${COMP_WORDS[1]} words=0 i
            for ((i = 2; i < COMP_CWORD; i++)); do
                if [[ ${COMP_WORDS[i]} != -* ]] && ! _topology_takes_value "$verb ${COMP_WORDS[i-1]}"; then words=$((words + 1)); fi
            done
            COMPREPLY=()

        """;

    public static string Of(IReadOnlyList<CompletedVerb> verbs)
    {
        var values = verbs.SelectMany(v => v.Options.Where(o => o.Value.Kind != CompletionKind.None).SelectMany(o => o.Names.Select(n => (Case: $"'{v.Name} {n}'", Code: Code(o.Value))))).ToList();
        var text = new StringBuilder(Head);
        text.Append("    if ((COMP_CWORD == 1)); then\n");
        text.Append(CultureInfo.InvariantCulture, $"        _topology_words '{Words(verbs.Select(v => v.Name))} --help --version' \"$current\"\n        return\n    fi\n");
        text.Append("    case \"$verb $previous\" in\n");
        foreach (var group in values.GroupBy(o => o.Code))
            text.Append(CultureInfo.InvariantCulture, $"        {string.Join('|', group.Select(o => o.Case))})\n            {group.Key}\n            return ;;\n");
        text.Append("    esac\n    case \"$verb\" in\n");
        foreach (var verb in verbs) Append(text, verb);
        text.Append("    esac\n}\n_topology_takes_value() {\n    case \"$1\" in\n");
        text.Append(CultureInfo.InvariantCulture, $"        {string.Join('|', values.Select(v => v.Case))}) return 0 ;;\n    esac\n    return 1\n");
        return text.Append("}\ncomplete -F _topology topology\n").ToString();
    }

    private static void Append(StringBuilder text, CompletedVerb verb)
    {
        text.Append(CultureInfo.InvariantCulture, $"        {verb.Name})\n            if [[ $current == -* ]]; then _topology_words '{Words(verb.Options.SelectMany(o => o.Names))}' \"$current\"\n");
        for (var i = 0; i < verb.Words.Count; i++)
        {
            var condition = i + 1 < verb.Words.Count ? $"elif ((words == {i})); then" : "else";
            text.Append(CultureInfo.InvariantCulture, $"            {condition} {Code(verb.Words[i])}\n");
        }

        text.Append("            fi ;;\n");
    }

    private static string Code(CompletedWord word) => word.Kind switch
    {
        CompletionKind.Choice => $"_topology_words '{Words(word.Choices)}' \"$current\"",
        CompletionKind.Path => "_topology_paths \"$current\"",
        CompletionKind.Topology => "_topology_words \"$(topology list -o name 2>/dev/null)\" \"$current\"",
        CompletionKind.Context => "_topology_words \"$(topology context list -o name 2>/dev/null)\" \"$current\"",
        _ => ":",
    };

    private static string Words(IEnumerable<string> words) => string.Join(' ', words);
}
