using System.Security.Cryptography;
using System.Text;
using Topology.Cluster;

namespace Topology.Web;

/// <summary>The file <c>token</c> of a data directory, by which a daemon knows its user's programs: whoever may read it may run code as that user. 256 random bits as 64 hexadecimal digits, 0600.</summary>
public static class TokenFile
{
    private const string Name = "token";
    private const int Bytes = 32;
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>The file of a data directory.</summary>
    public static string PathIn(string dataDirectory) => Path.Combine(dataDirectory, Name);

    /// <summary>The token, which is made if there is none. For who holds the directory.</summary>
    /// <exception cref="ClusterException">There is one that others may use, or that cannot be read.</exception>
    public static string ReadOrCreate(DataDirectory directory)
    {
        ArgumentNullException.ThrowIfNull(directory);
        var path = PathIn(directory.FullPath);
        if (!Path.Exists(path)) PrivateFile.Write(path, Encoding.ASCII.GetBytes(RandomNumberGenerator.GetHexString(2 * Bytes, lowercase: true) + "\n"));
        return Read(directory.FullPath);
    }

    /// <summary>The token of a daemon, for its user's programs.</summary>
    /// <exception cref="ClusterException">There is none, it is another user's, others may read or write it, or it holds no token.</exception>
    public static string Read(string dataDirectory) => ReadAt(PathIn(dataDirectory));

    /// <summary>As <see cref="Read"/>, of a token that lies somewhere else, such as a copy for a daemon that is reached by a tunnel.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="ClusterException">As for <see cref="Read"/>.</exception>
    public static string ReadAt(string path)
    {
        try
        {
            RequirePrivate(path);
            var text = File.ReadAllText(path).TrimEnd('\n');
            return text.Length == 2 * Bytes && text.All(char.IsAsciiHexDigitLower) ? text : throw Refused($"The file {path} holds no token.", "End the daemon, delete the file, and start the daemon: it makes a new one.");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new ClusterException(ClusterProblem.Unauthorized, $"The daemon's token cannot be read: {error.Message} Name the daemon's data directory, and run as its user.", error);
        }
    }

    private static void RequirePrivate(string path)
    {
        if (!NativeFile.IsPlain(path)) throw Refused($"The token {path} is a link, or no file.", "End the daemon, delete it, and start the daemon: it makes a new one.");
        if (NativeFile.OwnerOf(path) != NativeFile.CurrentUser) throw Refused($"The token {path} belongs to another user.", "Run as the daemon's user.");
        if ((File.GetUnixFileMode(path) & ~Private) != 0)
            throw Refused($"Others may use the token {path}, and with it run code as you.", "End the daemon, delete the file, and start the daemon: it makes a new one that only you may read.");
    }

    private static ClusterException Refused(string what, string next) => new(ClusterProblem.Unauthorized, $"{what} {next}");
}
