using System.Globalization;

namespace Topology.Cluster;

/// <summary>How a process ended. Only its parent is told; of others it is known that they ended, and nothing more.</summary>
public readonly record struct ProcessExit
{
    private const int CodeBits = 0xFF;
    private const int SignalBits = 0x7F;

    // What a .NET executable ends with before any managed code has run: the low 8 bits of the host's status codes.
    private const int HostLibraryMissing = 0x83;
    private const int SdkMissing = 0x91;
    private const int FrameworkMissing = 0x96;

    /// <summary>The exit code, 0 to 255; null if a signal ended it, or if it is not known.</summary>
    public int? Code { get; init; }

    /// <summary>The number of the signal that ended it; null if it ended itself, or if it is not known.</summary>
    public int? Signal { get; init; }

    /// <summary>Whether it is known how the process ended.</summary>
    public bool IsKnown => Code is not null || Signal is not null;

    /// <summary>Of a process that ended unseen, or that another process started.</summary>
    public static ProcessExit Unknown => default;

    /// <summary>From the status that <c>waitpid</c> tells.</summary>
    internal static ProcessExit OfStatus(int status) =>
        (status & SignalBits) == 0 ? new() { Code = (status >> 8) & CodeBits } : new() { Signal = status & SignalBits };

    /// <summary>What happened, in a few words, with the likely cause where there is one: the end of a sentence that begins with the process's name.</summary>
    public override string ToString() => this switch
    {
        { Signal: { } signal } => OfSignal(signal),
        { Code: { } code } => OfCode(code),
        _ => "ended, and only the process that started it was told how",
    };

    private static string OfSignal(int signal) => $"was ended by {SignalNumber.NameOf(signal)}" + signal switch
    {
        SignalNumber.Kill => ": by a kill -9, or by the system for want of memory (the kernel's log, dmesg, says so then)",
        SignalNumber.Abort => ": an exception that nobody caught, or a fatal error of the runtime; the end of its log says which",
        SignalNumber.SegmentationFault or 4 => ": native code went wrong",
        SignalNumber.Terminate => ": somebody asked it to end",
        25 => ": a file grew over its limit (ulimit -f)",
        _ when signal == SignalNumber.BusError => ": native code went wrong, or a disk that a mapped file lies on is full",
        _ => "",
    };

    private static string OfCode(int code) => string.Create(CultureInfo.InvariantCulture, $"ended with exit code {code}") + code switch
    {
        HostLibraryMissing or SdkMissing => ": .NET was not found (set DOTNET_ROOT)",
        FrameworkMissing => ": the .NET runtime that it needs is not installed; its log names the version",
        > 128 and < 160 => $": as programs say that ended by {SignalNumber.NameOf(code - 128)}",
        _ => "",
    };
}
