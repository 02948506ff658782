using System.Runtime.InteropServices;

namespace Topology.Messaging;

/// <summary>What the names and folders of a native library depend on.</summary>
/// <param name="IsWindows">The .dll world.</param>
/// <param name="IsMacOS">The .dylib world. Neither: Linux and its kin.</param>
/// <param name="Architecture">Of the process, which the library's must be.</param>
internal sealed record ZmqPlatform(bool IsWindows, bool IsMacOS, Architecture Architecture)
{
    public static ZmqPlatform Current { get; } = new(OperatingSystem.IsWindows(), OperatingSystem.IsMacOS(), RuntimeInformation.ProcessArchitecture);

    /// <summary>The library's file names, the likeliest first.</summary>
    public IReadOnlyList<string> FileNames =>
        IsWindows ? ["libzmq.dll", "libzmq-mt-4_3_5.dll", "libzmq-mt-4_3_4.dll", "libzmq-v143-mt-4_3_5.dll", "zmq.dll"]
        : IsMacOS ? ["libzmq.5.dylib", "libzmq.dylib"]
        : ["libzmq.so.5", "libzmq.so"];

    /// <summary>Folders that the system's loader may not look into by itself.</summary>
    public IReadOnlyList<string> Folders => IsMacOS ? ["/opt/homebrew/lib", "/usr/local/lib", "/opt/local/lib"] : [];

    /// <summary>Where in an unpacked package a library lies.</summary>
    public IReadOnlyList<string> PackageFolders => IsWindows ? ["bin"] : ["lib", "usr/lib", $"usr/lib/{Triplet}"];

    private string Triplet => Architecture switch
    {
        Architecture.Arm64 => "aarch64-linux-gnu",
        Architecture.Arm => "arm-linux-gnueabihf",
        Architecture.X86 => "i386-linux-gnu",
        _ => "x86_64-linux-gnu",
    };

    /// <summary>One line: what to type to have the library.</summary>
    public string InstallLine =>
        IsWindows ? "vcpkg install libzmq[curve,sodium]  (then set TOPOLOGY_LIBZMQ to the folder of the dll)"
        : IsMacOS ? "brew install zeromq"
        : "apt-get install libzmq5  (without root: apt-get download, dpkg -x into a folder, and TOPOLOGY_LIBZMQ=<that folder>; tools/setup.sh prints the whole line)";
}
