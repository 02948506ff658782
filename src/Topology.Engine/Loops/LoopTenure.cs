using System.Runtime.CompilerServices;

namespace Topology.Engine;

/// <summary>
/// One thread's time as the owner of a loop. It ends when the watchdog takes the loop away while the thread is inside user code; the thread learns of it when it
/// comes back, before it touches the loop again.
/// </summary>
/// <remarks>
/// The thread announces each call with plain stores and loads, since it does so for each row. The watchdog, which hardly ever takes a loop away, pays for that with
/// a barrier in all threads of the process: after it, either the thread sees the claim, or the watchdog sees that the call has ended. Where the thread sees it,
/// one compare-and-swap decides.
/// </remarks>
internal sealed class LoopTenure
{
    private const long None = 0;

    // Written by the thread. Odd while inside a call.
    private long _call = 2;
    private int _executor = -1;

    // The call that the watchdog asks for; negative once it has the loop.
    private long _claim;

    /// <summary>The number of the call that runs now, odd, or of the one to come.</summary>
    public long Call => Volatile.Read(ref _call);

    /// <summary>The number of the executor that the thread was in last, or -1.</summary>
    public int Executor => Volatile.Read(ref _executor);

    /// <summary>Called by the thread: what follows is the affair of the executor of that number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Begin(int executor)
    {
        Volatile.Write(ref _executor, executor);
        Volatile.Write(ref _call, _call + 1);
    }

    /// <summary>Called by the thread afterwards. False when it has lost the loop.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryEnd()
    {
        Volatile.Write(ref _call, _call + 1);
        return Volatile.Read(ref _claim) == None || TryRefuse();
    }

    /// <summary>Called by the watchdog: takes the loop away from the thread if it is still inside that call.</summary>
    public bool TryClaim(long call)
    {
        if ((call & 1) == 0) return false;
        Volatile.Write(ref _claim, call);
        Interlocked.MemoryBarrierProcessWide();
        if (Call == call && Interlocked.CompareExchange(ref _claim, -call, call) == call) return true;
        Interlocked.CompareExchange(ref _claim, None, call);
        return false;
    }

    private bool TryRefuse()
    {
        var claim = Volatile.Read(ref _claim);
        return claim >= 0 && (claim == None || Interlocked.CompareExchange(ref _claim, None, claim) >= 0);
    }
}
