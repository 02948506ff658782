using System.Runtime.InteropServices;

namespace Topology.Messaging;

/// <summary>Who owns a path, and what it is: what .NET does not tell.</summary>
internal static unsafe partial class PathOwner
{
    private const int CurrentFolder = -100;
    private const int DoNotFollow = 0x100;
    private const uint TypeModeAndOwner = 0x1 | 0x2 | 0x8;
    private const int TypeBits = 0xF000;
    private const int FolderType = 0x4000;

    /// <summary>The user id that this process acts as.</summary>
    public static uint Me => EffectiveUser();

    /// <summary>The owner's user id and the permission bits of a folder; null where there is none, or a symbolic link instead.</summary>
    public static (uint Owner, int Mode)? OfFolder(string path)
    {
        var found = OperatingSystem.IsMacOS() ? OnMacOS(path) : OnLinux(path);
        return found is { } it && (it.Mode & TypeBits) == FolderType ? (it.Owner, it.Mode & 0xFFF) : null;
    }

    // struct statx (statx(2)) is the same on all architectures: the owner at 20, the mode at 28.
    private static (uint Owner, int Mode)? OnLinux(string path)
    {
        var result = stackalloc byte[256];
        fixed (byte* text = NativeText.ToNative(path))
            return StatX(CurrentFolder, text, DoNotFollow, TypeModeAndOwner, result) == 0 ? (*(uint*)(result + 20), *(ushort*)(result + 28)) : null;
    }

    // struct stat with 64-bit inodes: the mode at 4, the owner at 16.
    private static (uint Owner, int Mode)? OnMacOS(string path)
    {
        var result = stackalloc byte[256];
        fixed (byte* text = NativeText.ToNative(path))
        {
            var error = RuntimeInformation.ProcessArchitecture == Architecture.X64 ? LinkStatusX64(text, result) : LinkStatus(text, result);
            return error == 0 ? (*(uint*)(result + 16), *(ushort*)(result + 4)) : null;
        }
    }

    [LibraryImport("libc", EntryPoint = "geteuid")]
    private static partial uint EffectiveUser();

    [LibraryImport("libc", EntryPoint = "statx")]
    private static partial int StatX(int folder, byte* path, int flags, uint mask, byte* result);

    [LibraryImport("libc", EntryPoint = "lstat")]
    private static partial int LinkStatus(byte* path, byte* result);

    [LibraryImport("libc", EntryPoint = "lstat$INODE64")]
    private static partial int LinkStatusX64(byte* path, byte* result);
}
