namespace Topology.Cluster.Tests;

/// <summary>A directory that is gone after the test, whatever the test made of it.</summary>
internal sealed class TemporaryDirectory : IDisposable
{
    // Made with the rights 0700.
    public string Root { get; } = Directory.CreateTempSubdirectory("topology-cluster-tests-").FullName;

    public string PathOf(params ReadOnlySpan<string> parts) => Path.Combine([Root, .. parts]);

    public string Write(string path, string text)
    {
        var full = PathOf(path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, text);
        return full;
    }

    /// <summary>The files and directories in it, by their paths from here.</summary>
    public IEnumerable<string> Entries() => Directory.EnumerateFileSystemEntries(Root, "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(Root, path)).Order(StringComparer.Ordinal);

    public void Dispose() => UploadDirectories.Delete(Root);
}
