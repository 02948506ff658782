namespace Topology.Cluster;

/// <summary>The files of a folder that is to be packed.</summary>
internal static class PackageFolder
{
    /// <summary>The plain files below a folder, by their paths in the package, in ordinal order.</summary>
    /// <exception cref="UploadException">There is no such folder, or it holds what a package may not.</exception>
    public static IReadOnlyList<PackedFile> Files(string folder, UploadLimits limits)
    {
        var root = new DirectoryInfo(Path.GetFullPath(folder));
        if (!root.Exists) throw new UploadException($"There is no folder {root.FullName}: build the topology first.");
        var files = Below(root, "").OrderBy(file => file.Path, StringComparer.Ordinal).ToArray();
        if (files.Length >= limits.Entries) throw new UploadException($"{root.FullName} has {files.Length} files; the limit is {limits.Entries}, with the manifest.");
        RequireAllowed(files, limits);
        return files;
    }

    private static IEnumerable<PackedFile> Below(DirectoryInfo folder, string path)
    {
        foreach (var item in folder.EnumerateFileSystemInfos())
        {
            var inner = path + item.Name;
            if (item.LinkTarget is not null) throw new UploadException(inner, "is a link; only plain files and directories are taken");
            if (item is DirectoryInfo directory)
            {
                foreach (var file in Below(directory, inner + "/")) yield return file;
                continue;
            }

            // To read a pipe or a device could take for ever.
            if (!NativeFile.IsPlain(item.FullName)) throw new UploadException(inner, "is a pipe, a socket or a device; only plain files and directories are taken");
            yield return new PackedFile(inner, item.FullName, ((FileInfo)item).Length);
        }
    }

    private static void RequireAllowed(IEnumerable<PackedFile> files, UploadLimits limits)
    {
        var paths = new ZipPaths(limits);
        var bytes = 0L;
        foreach (var file in files)
        {
            if (file.Path == TopologyManifest.FileName) throw new UploadException(file.Path, "has the name that the manifest is to have");
            paths.Add(file.Path, 0);
            if (file.Bytes > limits.FileBytes) throw new UploadException(file.Path, $"has {file.Bytes} bytes; the limit for a file is {limits.FileBytes}");
            if ((bytes += file.Bytes) > limits.UnpackedBytes) throw new UploadException(file.Path, $"brings the package to {bytes} bytes; the limit is {limits.UnpackedBytes}");
        }
    }
}
