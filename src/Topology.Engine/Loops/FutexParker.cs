using System.Runtime.InteropServices;

namespace Topology.Engine;

/// <summary>
/// Sleeps on a word of memory in Linux's kernel (futex(2)): one system call to sleep and one to wake, half of what a monitor takes, and timeouts to the microsecond.
/// </summary>
internal sealed unsafe partial class FutexParker : Parker
{
    private const int WaitPrivate = 0 | 128;
    private const int WakePrivate = 1 | 128;
    private const int Parked = 1;

    // The word has a cache line of its own.
    private const int Words = 48;
    private const int Word = 24;

    private static readonly nint Number = RuntimeInformation.ProcessArchitecture switch
    {
        Architecture.X64 => 202,
        Architecture.Arm64 or Architecture.RiscV64 or Architecture.LoongArch64 => 98,
        _ => 0,
    };

    private readonly int[] _memory = GC.AllocateArray<int>(Words, pinned: true);
    private readonly int* _word;

    public FutexParker() => _word = (int*)Marshal.UnsafeAddrOfPinnedArrayElement(_memory, Word);

    /// <summary>Whether the system is Linux, on a processor for which the number of the call is known.</summary>
    public static bool IsSupported => OperatingSystem.IsLinux() && Number != 0;

    public override bool IsParked => Volatile.Read(ref *_word) != 0;

    public override void Unpark()
    {
        if (Volatile.Read(ref *_word) == 0 || Interlocked.Exchange(ref *_word, 0) == 0) return;
        Futex(Number, _word, WakePrivate, 1, null, 0, 0);
        GC.KeepAlive(_memory);
    }

    protected override void Announce() => Interlocked.Exchange(ref *_word, Parked);

    // Whatever ends it, the caller looks for work: a value that has changed, a wake-up, the timeout, a signal of the runtime's.
    protected override void Sleep(long nanoseconds)
    {
        var (seconds, rest) = Math.DivRem(nanoseconds, 1_000_000_000L);
        var timeout = stackalloc long[] { seconds, rest };
        Futex(Number, _word, WaitPrivate, Parked, timeout, 0, 0);
        GC.KeepAlive(_memory);
    }

    protected override void Withdraw() => Interlocked.Exchange(ref *_word, 0);

    [LibraryImport("libc", EntryPoint = "syscall")]
    private static partial nint Futex(nint number, int* word, nint operation, nint value, long* timeout, nint unused, nint unusedToo);
}
