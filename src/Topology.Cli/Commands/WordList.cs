using System.Reflection;
using CommandLine;

namespace Topology.Cli;

/// <summary>The words that a command takes besides options, read from its arguments' class.</summary>
internal sealed class WordList
{
    private readonly IReadOnlyList<(ValueAttribute Value, bool IsMany)> _words;

    private WordList(Type arguments) => _words =
    [
        .. arguments.GetProperties()
            .Select(p => (Value: p.GetCustomAttribute<ValueAttribute>()!, IsMany: p.PropertyType != typeof(string)))
            .Where(w => w.Value is not null)
            .OrderBy(w => w.Value.Index),
    ];

    /// <summary>Each word, in order.</summary>
    public IEnumerable<ValueAttribute> Words => _words.Select(w => w.Value);

    public static WordList Of(Type arguments) => new(arguments);

    /// <summary>How a word is written in a usage line: <c>PATH</c>, <c>[CLASS]</c>, <c>NAME...</c>.</summary>
    public string Usage(ValueAttribute word)
    {
        var name = _words.First(w => w.Value == word).IsMany ? word.MetaName + "..." : word.MetaName;
        return word.Required ? name : $"[{name}]";
    }

    /// <summary>What is wrong with the number of words: one is missing or too many, either of which the parser may forgive; null for nothing.</summary>
    public string? Problem(IReadOnlyList<string> given)
    {
        if (_words.Count(w => w.Value.Required) is var required && given.Count < required) return $"{_words[given.Count].Value.MetaName} is missing: {_words[given.Count].Value.HelpText}";
        return given.Count > _words.Count && !_words.Any(w => w.IsMany) ? $"'{given[_words.Count]}' is one argument too many" : null;
    }
}
