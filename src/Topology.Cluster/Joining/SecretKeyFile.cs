using System.Text;
using Topology.Messaging;

namespace Topology.Cluster;

/// <summary>A long-lived CURVE key pair in a file of its own, 0600: the secret half as 64 hexadecimal digits, which the public one follows from.</summary>
internal static class SecretKeyFile
{
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>The keys of a file, which is made with new ones if it is not there. For who holds the directory.</summary>
    /// <exception cref="TopologyException">Others may read the file, it is another user's, or it holds no key.</exception>
    public static NetMQCertificate ReadOrCreate(string path)
    {
        if (!Path.Exists(path))
        {
            using var made = new NetMQCertificate();
            PrivateFile.Write(path, Encoding.ASCII.GetBytes(Convert.ToHexStringLower(made.SecretKey) + "\n"));
        }

        RequirePrivate(path);
        var text = File.ReadAllText(path).TrimEnd('\n');
        return text.Length == 2 * NetMQCertificate.KeySize && text.All(char.IsAsciiHexDigitLower)
            ? NetMQCertificate.CreateFromSecretKey(Convert.FromHexString(text))
            : throw new TopologyException($"The file {path} holds no key. Restore it; or delete it, and let every supervisor join anew.");
    }

    private static void RequirePrivate(string path)
    {
        if (NativeFile.IsPlain(path) && NativeFile.OwnerOf(path) == NativeFile.CurrentUser && (File.GetUnixFileMode(path) & ~Private) == 0) return;
        throw new TopologyException($"The key {path} has to be a file of this user alone, with the rights 0600: whoever has it can pass for this cluster. Delete it if others may have read it, and let every supervisor join anew.");
    }
}
