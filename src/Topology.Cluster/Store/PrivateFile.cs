namespace Topology.Cluster;

/// <summary>Files that only their user may read, written whole or not at all.</summary>
internal static class PrivateFile
{
    /// <summary>Writes a file in place of one of the same name, with the rights 0600 from the start. When this returns it survives a power cut.</summary>
    /// <remarks>For one writer at a time: what a crash left half written is written again.</remarks>
    public static void Write(string path, ReadOnlySpan<byte> content)
    {
        var unfinished = $"{path}.new";
        File.Delete(unfinished);
        // CreateNew follows no link that somebody put there meanwhile.
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, BufferSize = 0, UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite };
        using (var file = new FileStream(unfinished, options))
        {
            file.Write(content);
            file.Flush(flushToDisk: true);
        }

        File.Move(unfinished, path, overwrite: true);
        NativeFile.FlushDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
    }
}
