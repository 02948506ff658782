using System.IO.Enumeration;
using Microsoft.Extensions.Logging;

namespace Topology;

/// <summary>Finds the files of an input.</summary>
internal static class InputFiles
{
    // The defaults would skip hidden files and, silently, folders that cannot be read.
    private static readonly EnumerationOptions AllButLinks = new() { AttributesToSkip = FileAttributes.ReparsePoint, IgnoreInaccessible = false };

    /// <summary>
    /// The file itself, or the files of a folder and all folders below it whose names match, in ascending ordinal order of their names. Symbolic links are not followed. Empty
    /// files are left out, and with them what is no ordinary file (pipes, sockets, devices), since those have no size.
    /// </summary>
    public static IReadOnlyList<InputFile> Find(FilesInput input, ILogger logger)
    {
        if (!Directory.Exists(input.Path)) return List([(input.Path, Path.GetFileName(input.Path))]);
        var files = new List<string>();
        var folders = new Stack<DirectoryInfo>([new DirectoryInfo(input.Path)]);
        while (folders.TryPop(out var folder))
        {
            try
            {
                Search(folder, input.Pattern, files, folders);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                logger.LogWarning("A folder is skipped because it cannot be read: {Reason}", exception.Message);
            }
        }

        if (files.Count == 0) logger.LogWarning("No file in {Folder} that holds anything matches '{Pattern}'.", input.Path, input.Pattern);
        return List(files.Select(path => (path, NameOf(path, input.Path))).OrderBy(file => file.Item2, StringComparer.Ordinal));
    }

    private static string NameOf(string path, string folder) => Path.GetRelativePath(folder, path).Replace(Path.DirectorySeparatorChar, '/');

    private static List<InputFile> List(IEnumerable<(string Path, string Name)> files)
    {
        var list = new List<InputFile>();
        var hash = 0UL;
        foreach (var (path, name) in files)
        {
            hash = Xxh3.OfWords(hash, StableHash.Of(name), 0);
            list.Add(new InputFile(path, name, list.Count, hash));
        }

        return list;
    }

    private static void Search(DirectoryInfo folder, string pattern, List<string> files, Stack<DirectoryInfo> folders)
    {
        foreach (var entry in folder.EnumerateFileSystemInfos("*", AllButLinks))
        {
            if (entry is DirectoryInfo below) folders.Push(below);
            else if (entry is FileInfo { Length: > 0 } && FileSystemName.MatchesSimpleExpression(pattern, entry.Name, ignoreCase: false)) files.Add(entry.FullName);
        }
    }
}
