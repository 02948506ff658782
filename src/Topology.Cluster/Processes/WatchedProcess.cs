using Microsoft.Win32.SafeHandles;

namespace Topology.Cluster;

/// <summary>
/// A process whose end is seen: a child, or one that somebody else started and this process has taken over. It is watched until it ends, or this process does. Thread-safe.
/// </summary>
public sealed class WatchedProcess
{
    private readonly Lock _lock = new();
    private readonly TaskCompletionSource<ProcessExit> _exited = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly bool _isChild;
    private bool _hasEnded;

    private WatchedProcess(ProcessIdentity identity, bool isChild, SafeFileHandle? pidFd)
    {
        Identity = identity;
        _isChild = isChild;
        PidFd = pidFd;
    }

    /// <summary>Which process.</summary>
    public ProcessIdentity Identity { get; }

    /// <summary>
    /// Ends when the process is seen dead: from then on it writes to no file, since a process closes its files before it can be seen as ended. Never faults. It ends without the exit's code for a process that
    /// is no child, for a system tells that to the parent alone.
    /// </summary>
    public Task<ProcessExit> Exited => _exited.Task;

    /// <summary>Becomes readable with the end of the process; null where the system has no such thing.</summary>
    internal SafeFileHandle? PidFd { get; }

    /// <summary>Takes over a process by what was noted of it.</summary>
    /// <param name="identity">Which. If it is dead, or its id is another process's by now, <see cref="Exited"/> has ended already.</param>
    /// <remarks>Not for a process that this one started by other means: who did waits for it.</remarks>
    public static WatchedProcess Adopt(ProcessIdentity identity)
    {
        // The descriptor first: if the start time is still the right one after that, the descriptor is of the right process.
        var pidFd = ProcessCalls.TryOpenPidFd(identity.Id);
        if (identity.Life == ProcessLife.Alive) return Watch(new(identity, isChild: false, pidFd));
        pidFd?.Dispose();
        var gone = new WatchedProcess(identity, isChild: false, null) { _hasEnded = true };
        gone._exited.SetResult(ProcessExit.Unknown);
        return gone;
    }

    /// <summary>Sends a signal.</summary>
    /// <param name="signal">Which. <see cref="ProcessSignal.Kill"/> also goes to the processes of its group, that is to those it started itself.</param>
    /// <returns>False if it is dead, or not to be signalled by this user.</returns>
    public bool Send(ProcessSignal signal)
    {
        var number = SignalNumber.Of(signal);
        lock (_lock)
        {
            if (_hasEnded) return false;
            // A child's id stays its own until it is waited for, which this lock holds back. That of others does not, so it is looked at once more; the group is theirs for as long as they live.
            var isSafe = _isChild || Identity.Life == ProcessLife.Alive;
            if (signal == ProcessSignal.Kill && isSafe) KillGroup();
            if (PidFd is { } pidFd) return ProcessCalls.Send(pidFd, number);
            return isSafe && ProcessCalls.Send(Identity.Id, number);
        }
    }

    /// <summary>Ends it by SIGKILL, and its group, also where it is stopped.</summary>
    /// <returns>Ends when it is seen dead. That waits for a disk or network file system that the process is waiting for in the kernel, so a caller that must go on sets a limit by <c>WaitAsync</c> and may then not start a replacement.</returns>
    public Task<ProcessExit> KillAsync()
    {
        Send(ProcessSignal.Kill);
        return Exited;
    }

    /// <summary>Asks it to end by SIGTERM, and ends it by SIGKILL if it is alive after a grace.</summary>
    /// <param name="grace">How long it may take for itself.</param>
    /// <param name="time">The clock of the grace.</param>
    /// <returns>Ends when it is seen dead.</returns>
    public async Task<ProcessExit> EndAsync(TimeSpan grace, TimeProvider time)
    {
        Send(ProcessSignal.Terminate);
        try
        {
            return await Exited.WaitAsync(grace, time).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            return await KillAsync().ConfigureAwait(false);
        }
    }

    internal static WatchedProcess OfChild(ProcessIdentity identity) => Watch(new(identity, isChild: true, ProcessCalls.TryOpenPidFd(identity.Id)));

    /// <summary>Sees whether it has ended, and takes its status from the system if it is a child. For the watcher, and only where the descriptor is readable or there is none: what is left of a child's group ends here.</summary>
    internal bool TryEnd()
    {
        ProcessExit exit;
        lock (_lock)
        {
            if (PidFd is null && Identity.Life == ProcessLife.Alive) return false;
            if (!TryReap(out exit)) return false;
            _hasEnded = true;
            PidFd?.Dispose();
        }

        _exited.SetResult(exit);
        return true;
    }

    private static WatchedProcess Watch(WatchedProcess process)
    {
        ExitWatcher.Shared.Add(process);
        return process;
    }

    private bool TryReap(out ProcessExit exit)
    {
        exit = ProcessExit.Unknown;
        if (!_isChild) return true;
        // What it started and left in its group ends with it. The group's number is its own until the next line.
        KillGroup();
        var (hasEnded, status) = ProcessCalls.Reap(Identity.Id);
        if (status is { } known) exit = ProcessExit.OfStatus(known);
        return hasEnded;
    }

    // It leads a session, so its id is that of its group; an adopted process that leads none has no such group.
    private void KillGroup() => ProcessCalls.Send(-Identity.Id, SignalNumber.Kill);
}
