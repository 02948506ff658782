namespace Topology.Cluster;

/// <summary>An upload or a package that is refused. The message names the entry and the limit; nothing of it was kept.</summary>
public sealed class UploadException : TopologyException
{
    /// <param name="message">What is wrong with it.</param>
    /// <param name="inner">What caused it, or null.</param>
    public UploadException(string message, Exception? inner = null) : base(message, inner)
    {
    }

    /// <param name="entry">The path of the entry at fault, inside the package.</param>
    /// <param name="problem">What is wrong with it, as the rest of a sentence.</param>
    public UploadException(string entry, string problem) : base($"Entry '{Shown(entry)}' {problem}.") => Entry = entry;

    /// <summary>The path of the entry at fault as the package says it, which may be hostile; null if it is not about one.</summary>
    public string? Entry { get; }

    // A name from outside goes to people's terminals.
    private static string Shown(string entry)
    {
        var cut = StoreText.Cut(entry, 200);
        return string.Concat(cut.Select(c => char.IsControl(c) ? '\uFFFD' : c)) + (cut.Length < entry.Length ? "…" : "");
    }
}
