using System.Runtime.InteropServices;

namespace Topology.Cluster;

/// <summary>The flags of <c>open(2)</c>, which differ between systems and, on Linux, between processors.</summary>
internal static class OpenFlags
{
    public const int ReadOnly = 0;
    public const int WriteOnly = 1;

    public static int Append => OperatingSystem.IsLinux() ? 0x400 : 0x8;

    /// <summary>An open of a pipe or a device does not wait for its other end.</summary>
    public static int NonBlocking => OperatingSystem.IsLinux() ? 0x800 : 0x4;

    public static int CloseOnExec => OperatingSystem.IsLinux() ? 0x80000 : 0x1000000;

    public static int NoFollow => !OperatingSystem.IsLinux() ? 0x100 : HasOldFlags ? 0x8000 : 0x20000;

    private static bool HasOldFlags => RuntimeInformation.ProcessArchitecture is Architecture.Arm64 or Architecture.Arm or Architecture.Armv6 or Architecture.Ppc64le;
}
