namespace Topology.Messaging;

/// <summary>
/// Wakes a thread out of <see cref="NetMQPoller.Poll"/>. Any number of signals before a drain are one. A signal is a system call, so it is for threads
/// that are known to be parked: who parks says so first, looks once more for work, then polls.
/// </summary>
internal abstract class PollSignal : IDisposable
{
    /// <summary>What to poll.</summary>
    public abstract nint Descriptor { get; }

    /// <summary>The best that this system has.</summary>
    public static PollSignal Create() => OperatingSystem.IsLinux() ? new EventFdSignal() : new SocketPairSignal();

    /// <summary>Makes the descriptor readable. Legal from any thread, never waits, allocates nothing.</summary>
    public abstract void Signal();

    /// <summary>Makes the descriptor unreadable again, until the next signal. For the polling thread. A signal may outlive it by a moment, never get lost in it.</summary>
    public abstract void Drain();

    /// <summary>To be called when no thread signals or polls any more.</summary>
    public abstract void Dispose();
}
