using System.ComponentModel;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Topology.Messaging;

/// <summary>A counter in the kernel (eventfd(2)): one descriptor, eight bytes, no buffer that could fill.</summary>
internal sealed unsafe partial class EventFdSignal : PollSignal
{
    private const int CloseOnExec = 0x80000;
    private const int NonBlocking = 0x800;
    private const int Interrupted = 4;

    private readonly SafeFileHandle _handle;

    /// <exception cref="Win32Exception">There are too many file descriptors.</exception>
    public EventFdSignal()
    {
        var descriptor = EventFd(0, CloseOnExec | NonBlocking);
        if (descriptor < 0) throw new Win32Exception(Marshal.GetLastPInvokeError());
        _handle = new(descriptor, ownsHandle: true);
        Descriptor = descriptor;
    }

    public override nint Descriptor { get; }

    public override void Signal()
    {
        ulong one = 1;

        // The only other failure is a counter that is full, and then it is readable.
        while (Write(_handle, &one, sizeof(ulong)) < 0 && Marshal.GetLastPInvokeError() == Interrupted)
        {
        }
    }

    public override void Drain()
    {
        ulong count;
        while (Read(_handle, &count, sizeof(ulong)) < 0 && Marshal.GetLastPInvokeError() == Interrupted)
        {
        }
    }

    public override void Dispose() => _handle.Dispose();

    [LibraryImport("libc", EntryPoint = "eventfd", SetLastError = true)]
    private static partial int EventFd(uint value, int flags);

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    private static partial nint Write(SafeFileHandle descriptor, void* data, nuint length);

    [LibraryImport("libc", EntryPoint = "read", SetLastError = true)]
    private static partial nint Read(SafeFileHandle descriptor, void* data, nuint length);
}
