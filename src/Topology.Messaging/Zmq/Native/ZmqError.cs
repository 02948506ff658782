using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace Topology.Messaging;

/// <summary>Reads and explains libzmq's error number.</summary>
/// <remarks>
/// It is read by zmq_errno and not as the last P/Invoke error, because on Windows libzmq has a C runtime and an errno of its own. It belongs to the
/// thread, so it is read right after the call that failed; the runtime keeps it over a suspension for a garbage collection.
/// </remarks>
internal static unsafe class ZmqError
{
    // Where the C library lacks a number of POSIX, zmq.h gives it one from here on.
    private const int FirstOfZmq = 156384712;

    private static readonly int Again = OperatingSystem.IsMacOS() ? 35 : 11;
    private static readonly int InUse = OperatingSystem.IsMacOS() ? 48 : OperatingSystem.IsWindows() ? 100 : 98;
    private static readonly int Unreachable = OperatingSystem.IsMacOS() ? 65 : OperatingSystem.IsWindows() ? 110 : 113;

    /// <summary>What the last call on this thread failed with.</summary>
    public static ErrorCode Last() => Explain(LibZmq.Errno());

    /// <summary>Throws what the last call on this thread failed with.</summary>
    /// <param name="attempt">What failed, as the subject of a sentence: "binding tcp://10.0.0.1:20000".</param>
    [DoesNotReturn]
    public static void Throw(string attempt)
    {
        var number = LibZmq.Errno();
        throw new NetMQException($"{attempt} failed: {Text(number)} (error {number}).", Explain(number));
    }

    internal static ErrorCode Explain(int number)
    {
        if (number == Again) return ErrorCode.TryAgain;
        if (number == 4) return ErrorCode.Interrupted;
        if (number == Unreachable || number == FirstOfZmq + 17) return ErrorCode.HostUnreachable;
        if (number == InUse || number == FirstOfZmq + 5) return ErrorCode.AddressAlreadyInUse;
        return number == 22 ? ErrorCode.Invalid : ErrorCode.Other;
    }

    private static string Text(int number) => Marshal.PtrToStringUTF8((nint)LibZmq.StrError(number)) ?? "unknown error";
}
