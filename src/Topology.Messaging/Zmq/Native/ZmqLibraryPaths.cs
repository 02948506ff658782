namespace Topology.Messaging;

/// <summary>Where libzmq is looked for, in which order.</summary>
internal static class ZmqLibraryPaths
{
    /// <summary>The environment variable with the path of the library's file, of its folder, or of an unpacked package.</summary>
    public const string Variable = "TOPOLOGY_LIBZMQ";

    /// <summary>
    /// What libzmq of Debian and Ubuntu needs and a plain system may lack, each after what it needs itself. The loader does not look beside a library
    /// for those it needs, but takes one that is loaded already.
    /// </summary>
    private static readonly string[] Companions =
    [
        "libmd.so.0", "libbsd.so.0", "libsodium.so.23", "libpgm-5.3.so.0", "libnorm.so.1", "libkeyutils.so.1", "libcom_err.so.2",
        "libkrb5support.so.0", "libk5crypto.so.3", "libkrb5.so.3", "libgssapi_krb5.so.2",
    ];

    /// <summary>What to try, the first that loads wins. A setting that is there is the only place: a wrong one must not go unnoticed.</summary>
    public static IReadOnlyList<string> Candidates(ZmqPlatform platform, string? setting, Func<string, bool> isFolder)
    {
        if (string.IsNullOrWhiteSpace(setting))
            return [.. platform.FileNames, .. platform.Folders.SelectMany(folder => InFolder(platform, folder))];
        if (!isFolder(setting)) return [setting];
        return [.. platform.PackageFolders.Prepend("").Select(part => Path.Combine(setting, part)).SelectMany(folder => InFolder(platform, folder))];
    }

    /// <summary>What lies beside a library and has to be loaded before it, in order.</summary>
    public static IEnumerable<string> CompanionsOf(string library, Func<string, bool> isFile)
    {
        var folder = Path.GetDirectoryName(library);
        return string.IsNullOrEmpty(folder) ? [] : Companions.Select(name => Path.Combine(folder, name)).Where(isFile);
    }

    private static IEnumerable<string> InFolder(ZmqPlatform platform, string folder) => platform.FileNames.Select(name => Path.Combine(folder, name));
}
