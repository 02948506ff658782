namespace Topology.Cli;

/// <summary>Takes nested maps as they are read, and joins their keys with dots: <c>topology: {workers: 2}</c> gives <c>topology.workers</c>.</summary>
internal sealed class SettingsFlattener(string file)
{
    private const int DeepestNesting = 64;
    private readonly Dictionary<string, string> _settings = new(StringComparer.Ordinal);
    private readonly Stack<string> _prefixes = new();
    private string? _key;

    public IReadOnlyDictionary<string, string> Settings => _settings;

    public bool IsInMap => _prefixes.Count > 0;

    /// <summary>Whether the next text is a key; a value otherwise.</summary>
    public bool ExpectsKey => _key is null;

    public void OpenMap(long line)
    {
        if (_prefixes.Count == DeepestNesting) throw Problem(line, $"maps are nested deeper than {DeepestNesting}", "less nesting: a.b.c: 1 is one setting");
        if (IsInMap && _key is null) throw Problem(line, "a key is a map", "keys are texts");
        _prefixes.Push(_key is null ? "" : _key + ".");
        _key = null;
    }

    public void CloseMap()
    {
        _prefixes.Pop();
        _key = null;
    }

    public void Key(string name, long line)
    {
        if (!IsInMap) throw Problem(line, "the file holds no map", "settings written as key: value");
        if (name.Length == 0) throw Problem(line, "a key is empty", "settings written as key: value");
        _key = _prefixes.Peek() + name;
    }

    /// <param name="value">The text; null where the file says that there is none.</param>
    /// <param name="line">Where it is, from 1.</param>
    public void Value(string? value, long line)
    {
        var key = _key!;
        _key = null;
        if (value is null) throw Problem(line, $"'{key}' has no value", $"\"\" for an empty text, or leave '{key}' out");
        if (!_settings.TryAdd(key, value)) throw Problem(line, $"'{key}' is set twice", "one of the two");
    }

    public CommandException List(long line) =>
        Problem(line, _key is null ? "a list stands where a map should" : $"'{_key}' is a list, but a setting is one text", "one text, such as \"a,b,c\"");

    public CommandException Problem(long line, string problem, string? next, Exception? cause = null) =>
        new(ExitCode.Usage, $"{file}:{line}: {problem}", next, cause);
}
