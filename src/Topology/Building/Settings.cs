using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace Topology;

/// <summary>
/// Settings by name, as texts with typed access. Immutable; may be read from any thread. Names are compared by ordinal. The settings of a
/// <see cref="TopologyBuilder"/> also remember which names were asked for, so that a name that nobody asks for can be reported.
/// </summary>
public sealed class Settings
{
    private readonly ImmutableSortedDictionary<string, string> _texts;
    private readonly SettingUse? _use;

    private Settings(ImmutableSortedDictionary<string, string> texts, SettingUse? use)
    {
        _texts = texts;
        _use = use;
    }

    /// <summary>No settings.</summary>
    public static Settings Empty { get; } = new(ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal), null);

    /// <summary>Every name, in ascending ordinal order. Reading this counts as asking for each of them, as code does that passes settings on.</summary>
    public IReadOnlyList<string> Names
    {
        get
        {
            foreach (var name in _texts.Keys) _use?.Ask(name);
            return [.. _texts.Keys];
        }
    }

    /// <summary>The text of a setting.</summary>
    /// <exception cref="SettingException">It is missing; the message says how to give it.</exception>
    public string this[string name] => TryGet(name, out var text) ? text : throw Missing(name);

    /// <summary>Settings of these names and texts; they are copied.</summary>
    public static Settings From(IReadOnlyDictionary<string, string> texts)
    {
        ArgumentNullException.ThrowIfNull(texts);
        return Empty.With(texts);
    }

    /// <summary>These settings with others laid over them.</summary>
    /// <param name="overlay">What goes before what is here.</param>
    public Settings With(IReadOnlyDictionary<string, string> overlay)
    {
        ArgumentNullException.ThrowIfNull(overlay);
        return new(_texts.SetItems(overlay), _use);
    }

    /// <summary>The text of a setting, where there is one.</summary>
    public bool TryGet(string name, [MaybeNullWhen(false)] out string text)
    {
        ArgumentNullException.ThrowIfNull(name);
        _use?.Ask(name);
        return _texts.TryGetValue(name, out text);
    }

    /// <summary>The text of a setting, or another where it is missing.</summary>
    [return: NotNullIfNotNull(nameof(defaultValue))]
    public string? Get(string name, string? defaultValue) => TryGet(name, out var text) ? text : defaultValue;

    /// <summary>A whole number of 32 bits, or another where the setting is missing.</summary>
    /// <exception cref="SettingException">The text is no such number.</exception>
    public int Get(string name, int defaultValue) => TryGet(name, out var text) ? SettingText.ToInt32(name, text) : defaultValue;

    /// <summary>A whole number of 64 bits, or another where the setting is missing.</summary>
    /// <inheritdoc cref="Get(string, int)"/>
    public long Get(string name, long defaultValue) => TryGet(name, out var text) ? SettingText.ToInt64(name, text) : defaultValue;

    /// <summary>A number, or another where the setting is missing.</summary>
    /// <inheritdoc cref="Get(string, int)"/>
    public double Get(string name, double defaultValue) => TryGet(name, out var text) ? SettingText.ToDouble(name, text) : defaultValue;

    /// <summary>True or false, or what is given where the setting is missing.</summary>
    /// <exception cref="SettingException">The text is neither <c>true</c> nor <c>false</c>.</exception>
    public bool Get(string name, bool defaultValue) => TryGet(name, out var text) ? SettingText.ToBoolean(name, text) : defaultValue;

    /// <summary>A duration, or another where the setting is missing.</summary>
    /// <inheritdoc cref="GetDuration"/>
    public TimeSpan Get(string name, TimeSpan defaultValue) => TryGet(name, out var text) ? SettingText.ToDuration(name, text) : defaultValue;

    /// <summary>A whole number of 32 bits.</summary>
    /// <exception cref="SettingException">The setting is missing, or its text is no such number.</exception>
    public int GetInt32(string name) => SettingText.ToInt32(name, this[name]);

    /// <summary>A whole number of 64 bits.</summary>
    /// <inheritdoc cref="GetInt32"/>
    public long GetInt64(string name) => SettingText.ToInt64(name, this[name]);

    /// <summary>A number, finite, with a point before its decimals.</summary>
    /// <inheritdoc cref="GetInt32"/>
    public double GetDouble(string name) => SettingText.ToDouble(name, this[name]);

    /// <summary>True or false, in letters of any case.</summary>
    /// <exception cref="SettingException">The setting is missing, or its text is neither <c>true</c> nor <c>false</c>.</exception>
    public bool GetBoolean(string name) => SettingText.ToBoolean(name, this[name]);

    /// <summary>
    /// A duration: a number and its unit as in <c>250ms</c>, <c>1.5s</c>, <c>5m</c>, <c>1h</c>, <c>1d</c>; hours, minutes and seconds as in <c>00:00:30</c>; <c>0</c>;
    /// or <c>none</c>, which is <see cref="Timeout.InfiniteTimeSpan"/>. Never negative otherwise.
    /// </summary>
    /// <exception cref="SettingException">The setting is missing, or its text is no duration.</exception>
    public TimeSpan GetDuration(string name) => SettingText.ToDuration(name, this[name]);

    /// <summary>The same settings, which remember from now on what is asked of them.</summary>
    internal Settings Watched(SettingUse use) => new(_texts, use);

    /// <summary>The same settings, which remember nothing.</summary>
    internal Settings Unwatched() => new(_texts, null);

    /// <summary>The names, without counting as asking for them.</summary>
    internal IEnumerable<string> PeekNames() => _texts.Keys;

    /// <summary>The text of a setting, without counting as asking for it.</summary>
    internal string? Peek(string name) => _texts.GetValueOrDefault(name);

    private SettingException Missing(string name)
    {
        var description = _use?.DescriptionOf(name) is { Length: > 0 } text ? $" ({text})" : "";
        // Where Build itself stops for want of a setting, the check for unknown ones never runs: a misspelt name is shown here.
        var unknown = _use is null ? [] : _texts.Keys.Except(_use.Names).Where(n => !n.StartsWith(EngineSettings.Prefix, StringComparison.Ordinal));
        var misspelt = Spelling.Closest(name, unknown) is { } near ? $" There is '{near}': is that a misspelling?" : "";
        return new SettingException($"Setting '{name}'{description} is missing: give it with --set {name}=value.{misspelt}");
    }
}
