using System.Runtime.InteropServices;

namespace Topology.Messaging;

/// <summary>Finds libzmq, refuses one that cannot be used, and hands it to every <see cref="LibZmq"/> call.</summary>
internal static unsafe class ZmqLibrary
{
    /// <summary>The oldest that will do: earlier ones have holes before authentication.</summary>
    private static readonly Version Oldest = new(4, 3, 4);

    private static readonly Lazy<nint> Handle = new(Load);

    /// <summary>The version of the library, which is loaded for it.</summary>
    /// <exception cref="NetMQException">There is none, or none that will do. The message says what to type.</exception>
    public static Version Version => VersionOf(Handle.Value);

    /// <summary>Loads the library; later calls only return.</summary>
    /// <exception cref="NetMQException">There is none, or none that will do. The message says what to type.</exception>
    public static void Require() => _ = Handle.Value;

    /// <summary>Loads the first of the candidates that loads.</summary>
    /// <exception cref="NetMQException">None does.</exception>
    internal static nint Find(ZmqPlatform platform, string? setting)
    {
        foreach (var path in ZmqLibraryPaths.Candidates(platform, setting, Directory.Exists))
        {
            // In vain where the file is not there, and then the folder's other libraries are not wanted either.
            if (Path.Exists(path))
                foreach (var companion in ZmqLibraryPaths.CompanionsOf(path, Path.Exists)) NativeLibrary.TryLoad(companion, out _);
            if (NativeLibrary.TryLoad(path, out var handle)) return handle;
        }

        var place = string.IsNullOrWhiteSpace(setting) ? "" : $" in {ZmqLibraryPaths.Variable}={setting}, or it lacks a library that it needs";
        throw new NetMQException($"libzmq is missing{place}. To install it: {platform.InstallLine}");
    }

    /// <exception cref="NetMQException">It is too old, or encrypts nothing.</exception>
    internal static void Check(Version version, bool hasCurve, ZmqPlatform platform)
    {
        if (version < Oldest)
            throw new NetMQException($"libzmq {version} is too old: {Oldest} or newer is needed. To install it: {platform.InstallLine}");
        if (!hasCurve)
            throw new NetMQException($"libzmq {version} was built without CURVE encryption. To install one that has it: {platform.InstallLine}");
    }

    private static nint Load()
    {
        var handle = Find(ZmqPlatform.Current, Environment.GetEnvironmentVariable(ZmqLibraryPaths.Variable));
        Check(VersionOf(handle), Has(handle, "curve\0"u8), ZmqPlatform.Current);
        NativeLibrary.SetDllImportResolver(typeof(ZmqLibrary).Assembly, (name, _, _) => name == LibZmq.Name ? handle : 0);
        return handle;
    }

    private static Version VersionOf(nint library)
    {
        int major, minor, patch;
        ((delegate* unmanaged[Cdecl]<int*, int*, int*, void>)NativeLibrary.GetExport(library, "zmq_version"))(&major, &minor, &patch);
        return new(major, minor, patch);
    }

    private static bool Has(nint library, ReadOnlySpan<byte> capability)
    {
        fixed (byte* name = capability)
            return ((delegate* unmanaged[Cdecl]<byte*, int>)NativeLibrary.GetExport(library, "zmq_has"))(name) == 1;
    }
}
