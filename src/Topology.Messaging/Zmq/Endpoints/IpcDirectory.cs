using System.Runtime.Versioning;
using System.Text;

namespace Topology.Messaging;

/// <summary>
/// The folder of a user's ipc sockets, which no other user may enter: a socket of a folder that others can write to can be replaced by theirs.
/// </summary>
internal sealed class IpcDirectory
{
    /// <summary>Bytes of a socket's path: sockaddr_un holds 108, with a zero at the end.</summary>
    public const int LongestPath = 107;

    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private IpcDirectory(string path) => Path = path;

    /// <summary>Absolute.</summary>
    public string Path { get; }

    /// <summary><c>$XDG_RUNTIME_DIR/topology</c>, or <c>/tmp/topology-&lt;uid&gt;</c> where that variable names no folder; made if it is not there.</summary>
    /// <exception cref="NetMQException">It is another user's, open to others, or no folder.</exception>
    /// <exception cref="PlatformNotSupportedException">On Windows, where libzmq of this version has no ipc.</exception>
    public static IpcDirectory Open() => Open(Choose(Environment.GetEnvironmentVariable("XDG_RUNTIME_DIR"), "/tmp"));

    /// <summary>A folder of the caller's choice, made if it is not there.</summary>
    /// <exception cref="NetMQException">It is another user's, open to others, or no folder.</exception>
    /// <exception cref="PlatformNotSupportedException">On Windows, where libzmq of this version has no ipc.</exception>
    public static IpcDirectory Open(string path)
    {
        if (OperatingSystem.IsWindows()) throw new PlatformNotSupportedException("There is no ipc:// on Windows: use tcp://127.0.0.1.");
        Make(path);
        RequirePrivate(path);
        return new(System.IO.Path.GetFullPath(path));
    }

    /// <summary>A folder within this one; both are made if they are not there, since the end of a login may have taken them away.</summary>
    /// <exception cref="NetMQException">It is another user's, open to others, or no folder.</exception>
    /// <exception cref="ArgumentException">The name is no plain file name.</exception>
    public IpcDirectory Subfolder(string name) => Open(System.IO.Path.Combine(Open(Path).Path, RequirePlain(name)));

    /// <summary>The endpoint of a socket in this folder. Each incarnation takes a name of its own: a second bind takes the first one's place in silence.</summary>
    /// <exception cref="ArgumentException">The name is no plain file name.</exception>
    /// <exception cref="NetMQException">The path is longer than <see cref="LongestPath"/>.</exception>
    public string Endpoint(string name)
    {
        var path = System.IO.Path.Combine(Path, RequirePlain(name));
        var length = Encoding.UTF8.GetByteCount(path);
        return length <= LongestPath
            ? $"ipc://{path}"
            : throw new NetMQException($"The socket's path {path} has {length} bytes; {LongestPath} is the most. Set XDG_RUNTIME_DIR to a shorter folder.");
    }

    internal static string Choose(string? runtimeFolder, string temporaryFolder) =>
        System.IO.Path.IsPathFullyQualified(runtimeFolder ?? "") && Directory.Exists(runtimeFolder)
            ? System.IO.Path.Combine(runtimeFolder, "topology")
            : System.IO.Path.Combine(temporaryFolder, $"topology-{PathOwner.Me}");

    internal static void RequirePrivate(string path, (uint Owner, int Mode)? found, uint me)
    {
        if (found is not { } folder) throw new NetMQException($"{path} is no folder, or a symbolic link: remove it, or set XDG_RUNTIME_DIR.");
        if (folder.Owner != me) throw new NetMQException($"{path} belongs to user {folder.Owner} and not to {me}: have it removed, or set XDG_RUNTIME_DIR.");
        if (folder.Mode != (int)OwnerOnly)
            throw new NetMQException($"{path} has mode {Convert.ToString(folder.Mode, 8)}, which lets others in: chmod 700 {path}");
    }

    [UnsupportedOSPlatform("windows")]
    private static void Make(string path)
    {
        try
        {
            // Those above that are missing would else get the rights that any folder gets.
            if (System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(path)) is { } above && !Directory.Exists(above)) Make(above);
            Directory.CreateDirectory(path, OwnerOnly);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new NetMQException($"{path} cannot be made a folder: {error.Message} Remove what is there, or set XDG_RUNTIME_DIR to a folder of yours.");
        }
    }

    private static void RequirePrivate(string path) => RequirePrivate(path, PathOwner.OfFolder(path), PathOwner.Me);

    private static string RequirePlain(string name) =>
        name is "" or "." or ".." || name.AsSpan().ContainsAny('/', '\0')
            ? throw new ArgumentException($"'{name}' is no plain file name.", nameof(name))
            : name;
}
