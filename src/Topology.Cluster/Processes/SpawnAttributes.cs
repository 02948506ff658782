using System.Runtime.InteropServices;

namespace Topology.Cluster;

/// <summary>What a new process begins with: a session of its own, every signal as a process finds it by default, none held back.</summary>
internal sealed unsafe class SpawnAttributes : IDisposable
{
    // posix_spawnattr_t: 336 bytes in glibc and musl, a pointer on macOS. sigset_t: 128 bytes, 4 on macOS.
    private const int Bytes = 512;
    private const int SignalSetBytes = 128;

    private const short SetDefaultSignals = 0x4;
    private const short SetSignalMask = 0x8;

    /// <exception cref="ProcessException">The system refuses.</exception>
    public SpawnAttributes()
    {
        Attributes = NativeMemory.AllocZeroed(Bytes);
        PosixSpawn.Require(SpawnCalls.InitializeAttributes(Attributes), "prepared");
        var signals = stackalloc byte[SignalSetBytes];
        _ = SpawnCalls.EmptySignals(signals);
        PosixSpawn.Require(SpawnCalls.SetSignalMask(Attributes, signals), "given its signals");
        // .NET ignores SIGPIPE, and what is ignored stays so in a new program.
        _ = SpawnCalls.FillSignals(signals);
        _ = SpawnCalls.RemoveSignal(signals, SignalNumber.Kill);
        _ = SpawnCalls.RemoveSignal(signals, SignalNumber.Stop);
        PosixSpawn.Require(SpawnCalls.SetDefaultSignals(Attributes, signals), "given its signals");
        PosixSpawn.Require(SpawnCalls.SetFlags(Attributes, (short)(SetDefaultSignals | SetSignalMask | OfSystem)), "given its session");
    }

    public void* Attributes { get; }

    // POSIX_SPAWN_SETSID, and on macOS POSIX_SPAWN_CLOEXEC_DEFAULT: nothing is inherited but what an action names.
    private static short OfSystem => OperatingSystem.IsLinux() ? (short)0x80 : (short)(0x400 | 0x4000);

    public void Dispose()
    {
        _ = SpawnCalls.DestroyAttributes(Attributes);
        NativeMemory.Free(Attributes);
    }
}
