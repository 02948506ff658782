using System.Text;

namespace Topology.Cluster;

/// <summary>Which paths a package may hold. One instance sees all entries of one package. The same rules on the packing and on the unpacking side.</summary>
internal sealed class ZipPaths(UploadLimits limits)
{
    private const int TypeMask = 0xF000;
    private const int RegularFile = 0x8000;
    private const int Directory = 0x4000;

    /// <summary>The paths seen, directories on the way included, as their files would be told apart where case makes no difference.</summary>
    private readonly Dictionary<string, (string Spelling, bool IsDirectory)> _seen = new(StringComparer.OrdinalIgnoreCase);

    private readonly HashSet<string> _entries = new(StringComparer.Ordinal);

    /// <exception cref="UploadException">The entry would leave the directory, is no plain file or directory, is too long or too deep, or takes another's place.</exception>
    public void Add(string path, int unixMode)
    {
        var type = unixMode & TypeMask;
        var isDirectory = path.EndsWith('/');
        if (type != 0 && type != (isDirectory ? Directory : RegularFile)) throw new UploadException(path, $"is a {NameOf(type)}; only plain files and directories are taken");
        RequireForm(path);
        var parts = (isDirectory ? path[..^1] : path).Split('/');
        if (parts.Length > limits.PathDepth) throw new UploadException(path, $"is {parts.Length} parts deep; the limit is {limits.PathDepth}");
        foreach (var part in parts) RequirePart(path, part);
        if (!_entries.Add(string.Join('/', parts))) throw new UploadException(path, "is there twice");
        for (var depth = 1; depth <= parts.Length; depth++) Claim(path, string.Join('/', parts.Take(depth)), isDirectory || depth < parts.Length);
    }

    private static string NameOf(int type) => type switch
    {
        0xA000 => "link",
        0x2000 or 0x6000 => "device",
        0x1000 => "pipe",
        0xC000 => "socket",
        Directory => "directory without a '/' at its end",
        RegularFile => "file with a '/' at its end",
        _ => "file of an unknown type",
    };

    private void RequireForm(string path)
    {
        if (path.Length == 0) throw new UploadException(path, "has no name");
        if (path.Any(char.IsControl)) throw new UploadException(path, "has a control character in its name");
        if (path.Contains('\\', StringComparison.Ordinal)) throw new UploadException(path, "has a backslash in its name, which some systems take for a separator");
        if (path[0] == '/' || (path.Length >= 2 && path[1] == ':')) throw new UploadException(path, "is an absolute path");
        if (Encoding.UTF8.GetByteCount(path) is var bytes && bytes > limits.PathBytes) throw new UploadException(path, $"has a path of {bytes} bytes; the limit is {limits.PathBytes}");
    }

    private void RequirePart(string path, string part)
    {
        if (part is ".." or ".") throw new UploadException(path, $"has '{part}' in its path, which could lead out of the package");
        if (part.Length == 0) throw new UploadException(path, "has an empty part in its path");
        if (Encoding.UTF8.GetByteCount(part) is var bytes && bytes > limits.NameBytes) throw new UploadException(path, $"has a name of {bytes} bytes; the limit is {limits.NameBytes}");
    }

    private void Claim(string path, string claimed, bool isDirectory)
    {
        if (_seen.TryAdd(claimed, (claimed, isDirectory))) return;
        var (spelling, wasDirectory) = _seen[claimed];
        if (spelling != claimed) throw new UploadException(path, $"differs from '{spelling}' by case alone");
        if (!isDirectory || !wasDirectory) throw new UploadException(path, $"needs '{claimed}' to be a file and a directory");
    }
}
