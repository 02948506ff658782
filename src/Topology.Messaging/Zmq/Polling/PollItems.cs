using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Topology.Messaging;

/// <summary>
/// libzmq's zmq_pollitem_t and the call that takes them. The structure is a pointer, a descriptor (an int, or a pointer-sized number on Windows) and two
/// shorts, so it is written by offset.
/// </summary>
internal static unsafe class PollItems
{
    private static readonly int DescriptorSize = OperatingSystem.IsWindows() ? sizeof(nint) : sizeof(int);
    private static readonly int EventsAt = sizeof(nint) + DescriptorSize;

    /// <summary>In bytes, rounded up to the alignment of the pointer.</summary>
    public static int ItemSize { get; } = (EventsAt + 2 * sizeof(short) + sizeof(nint) - 1) / sizeof(nint) * sizeof(nint);

    /// <param name="item">Where to write it.</param>
    /// <param name="socket">A socket, or 0 for a file descriptor.</param>
    /// <param name="descriptor">The file descriptor, ignored for a socket.</param>
    /// <param name="events">What to wait for.</param>
    public static void Write(Span<byte> item, nint socket, nint descriptor, PollEvents events)
    {
        item.Clear();
        MemoryMarshal.Write(item, socket);
        if (DescriptorSize == sizeof(int)) MemoryMarshal.Write(item[sizeof(nint)..], (int)descriptor);
        else MemoryMarshal.Write(item[sizeof(nint)..], descriptor);
        MemoryMarshal.Write(item[EventsAt..], (short)events);
    }

    /// <summary>What the last poll found.</summary>
    public static PollEvents Ready(ReadOnlySpan<byte> item) => (PollEvents)MemoryMarshal.Read<short>(item[(EventsAt + sizeof(short))..]);

    /// <summary>
    /// Waits until an item is ready. A signal that interrupts the wait does not end it: the runtime sends one to every thread that it suspends for a
    /// garbage collection.
    /// </summary>
    /// <returns>How many items are ready, and how often the wait was interrupted.</returns>
    public static (int Ready, int Interruptions) Poll(byte* items, int count, TimeSpan timeout)
    {
        var start = Stopwatch.GetTimestamp();
        for (var interruptions = 0; ; interruptions++)
        {
            var ready = LibZmq.Poll(items, count, Milliseconds(interruptions == 0 ? timeout : Rest(timeout, start)));
            if (ready >= 0) return (ready, interruptions);
            if (ZmqError.Last() != ErrorCode.Interrupted) ZmqError.Throw("polling");
        }
    }

    /// <summary>What is left of a wait that began at that timestamp.</summary>
    public static TimeSpan Rest(TimeSpan timeout, long start)
    {
        if (timeout < TimeSpan.Zero) return Timeout.InfiniteTimeSpan;
        var rest = timeout - Stopwatch.GetElapsedTime(start);
        return rest > TimeSpan.Zero ? rest : TimeSpan.Zero;
    }

    // Rounded up: rounded down, the last millisecond of a wait would be spent in calls that return at once.
    private static CLong Milliseconds(TimeSpan timeout) =>
        new(timeout < TimeSpan.Zero ? -1 : (int)Math.Min(int.MaxValue, Math.Ceiling(timeout.TotalMilliseconds)));
}
