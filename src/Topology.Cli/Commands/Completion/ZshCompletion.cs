using System.Globalization;
using System.Text;

namespace Topology.Cli;

/// <summary>Completion in zsh.</summary>
internal static class ZshCompletion
{
    private const string Head = """
        #compdef topology
        # Completion of topology in zsh. In ~/.zshrc, after compinit: source <(topology completion zsh)
        _topology_topologies() {
            local -a names
            names=(${(f)"$(topology list -o name 2>/dev/null)"})
            compadd -a names
        }

        _topology_contexts() {
            local -a names
            names=(${(f)"$(topology context list -o name 2>/dev/null)"})
            compadd -a names
        }

        _topology() {
            local context state state_descr line
            typeset -A opt_args
            _arguments -C '(- *)--help[prints help]' '(- *)--version[prints the version]' '1:command:->command' '*::argument:->arguments'
            case $state in
                command)
                    local -a commands

        """;

    public static string Of(IReadOnlyList<CompletedVerb> verbs)
    {
        var text = new StringBuilder(Head);
        text.Append("            commands=(\n");
        foreach (var verb in verbs) text.Append(CultureInfo.InvariantCulture, $"                {Quote($"{verb.Name}:{verb.Meaning}")}\n");
        text.Append("            )\n            _describe command commands ;;\n        arguments)\n            case $words[1] in\n");
        foreach (var verb in verbs)
        {
            text.Append(CultureInfo.InvariantCulture, $"                {verb.Name})\n                    _arguments");
            foreach (var option in verb.Options)
            {
                foreach (var name in option.Names) text.Append(" \\\n                        ").Append(Quote($"*{name}[{Escape(option.Meaning)}]{(option.Value.Kind == CompletionKind.None ? "" : $":{option.Long}:{Action(option.Value)}")}"));
            }

            for (var i = 0; i < verb.Words.Count; i++)
                text.Append(" \\\n                        ").Append(Quote($"{(i + 1 < verb.Words.Count ? (i + 1).ToString(CultureInfo.InvariantCulture) : "*")}:word:{Action(verb.Words[i])}"));
            text.Append(" ;;\n");
        }

        return text.Append("            esac ;;\n    esac\n}\ncompdef _topology topology\n").ToString();
    }

    private static string Action(CompletedWord word) => word.Kind switch
    {
        CompletionKind.Choice => $"({string.Join(' ', word.Choices)})",
        CompletionKind.Path => "_files",
        CompletionKind.Topology => "_topology_topologies",
        CompletionKind.Context => "_topology_contexts",
        _ => " ",
    };

    private static string Escape(string text) => text.Replace("[", "\\[", StringComparison.Ordinal).Replace("]", "\\]", StringComparison.Ordinal).Replace(":", "\\:", StringComparison.Ordinal);

    private static string Quote(string text) => $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
