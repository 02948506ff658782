using System.Text.Json;

namespace Topology.Cli;

/// <summary>The contexts of a user: <c>contexts.json</c> in <c>$XDG_CONFIG_HOME/topology</c>, or in <c>~/.config/topology</c>. Immutable; saved whole, with the rights 0600.</summary>
internal sealed class ContextFile
{
    private const UnixFileMode OwnersFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const string Hint = "topology context list";
    private readonly string _path;
    private readonly Content _content;

    private ContextFile(string path, Content content) => (_path, _content) = (path, content);

    /// <summary>The contexts, by name.</summary>
    public IEnumerable<ContextEntry> Entries => _content.Contexts.Select(c => new ContextEntry(c.Key, c.Value.Address, c.Value.TokenFile, c.Key == _content.Current));

    /// <summary>The one that is meant where nothing is said; null for the daemon of this machine.</summary>
    public ContextEntry? Current => Entries.FirstOrDefault(e => e.IsCurrent);

    /// <exception cref="CommandException">It cannot be read.</exception>
    public static ContextFile Of(CommandContext context)
    {
        var config = context.Variable("XDG_CONFIG_HOME") is { } given && Path.IsPathFullyQualified(given)
            ? given
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile, Environment.SpecialFolderOption.DoNotVerify), ".config");
        var path = Path.Combine(config, "topology", "contexts.json");
        try
        {
            return new ContextFile(path, File.Exists(path) ? JsonSerializer.Deserialize<Content>(File.ReadAllBytes(path), Answer.Document) ?? Content.Empty : Content.Empty);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new CommandException(ExitCode.Lost, $"{path} cannot be read: {exception.Message}", $"mend or remove {path}", exception);
        }
    }

    /// <exception cref="CommandException">There is none of that name.</exception>
    public ContextEntry Find(string name) => Entries.FirstOrDefault(e => e.Name == name)
        ?? throw new CommandException(ExitCode.NotFound, $"no context '{name}'{Suggestion.For(name, _content.Contexts.Keys)}", Hint);

    /// <summary>Adds a context; the first one is chosen, too.</summary>
    /// <exception cref="CommandException">There is one of that name.</exception>
    public ContextFile Add(ContextEntry entry)
    {
        if (_content.Contexts.ContainsKey(entry.Name)) throw new CommandException(ExitCode.Conflict, $"there is a context '{entry.Name}' already", $"topology context remove {entry.Name}");
        var contexts = new SortedDictionary<string, Place>(_content.Contexts, StringComparer.Ordinal) { [entry.Name] = new(entry.Address, entry.TokenFile) };
        return new ContextFile(_path, new Content(_content.Contexts.Count == 0 ? entry.Name : _content.Current, contexts));
    }

    /// <exception cref="CommandException">There is none of that name.</exception>
    public ContextFile Use(string name) => new(_path, _content with { Current = Find(name).Name });

    /// <summary>Removes a context. If it is the chosen one, none is then.</summary>
    /// <exception cref="CommandException">There is none of that name.</exception>
    public ContextFile Remove(string name)
    {
        var contexts = new SortedDictionary<string, Place>(_content.Contexts, StringComparer.Ordinal);
        contexts.Remove(Find(name).Name);
        return new ContextFile(_path, new Content(_content.Current == name ? null : _content.Current, contexts));
    }

    /// <summary>Puts it in place of what is there. A reader sees the one or the other.</summary>
    /// <exception cref="CommandException">It cannot be written.</exception>
    public void Save()
    {
        var unfinished = $"{_path}.{Environment.ProcessId}";
        try
        {
            using (var file = Create(unfinished)) JsonSerializer.Serialize(file, _content, Answer.Document);
            File.Move(unfinished, _path, overwrite: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new CommandException(ExitCode.Lost, $"{_path} cannot be written: {exception.Message}", null, exception);
        }
    }

    private static FileStream Create(string path)
    {
        var folder = Path.GetDirectoryName(path)!;
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else
        {
            Directory.CreateDirectory(folder, OwnersFile | UnixFileMode.UserExecute);
            options.UnixCreateMode = OwnersFile;
        }

        return new FileStream(path, options);
    }

    private sealed record Content(string? Current, SortedDictionary<string, Place> Contexts)
    {
        public static Content Empty => new(null, new SortedDictionary<string, Place>(StringComparer.Ordinal));
    }

    private sealed record Place(Uri Address, string TokenFile);
}
