namespace Topology.Cluster;

/// <summary>The numbers of signals, which differ between systems, and their names.</summary>
internal static class SignalNumber
{
    public const int Abort = 6;
    public const int Kill = 9;
    public const int SegmentationFault = 11;
    public const int Terminate = 15;

    public static int Stop => OperatingSystem.IsLinux() ? 19 : 17;

    public static int Continue => OperatingSystem.IsLinux() ? 18 : 19;

    public static int BusError => OperatingSystem.IsLinux() ? 7 : 10;

    public static int Of(ProcessSignal signal) => signal switch
    {
        ProcessSignal.Terminate => Terminate,
        ProcessSignal.Kill => Kill,
        ProcessSignal.Stop => Stop,
        ProcessSignal.Continue => Continue,
        _ => throw new ArgumentOutOfRangeException(nameof(signal)),
    };

    /// <summary>The name of one that a process may end of, as <c>SIGKILL</c>.</summary>
    public static string NameOf(int signal) => signal switch
    {
        1 => "SIGHUP",
        2 => "SIGINT",
        3 => "SIGQUIT",
        4 => "SIGILL",
        5 => "SIGTRAP",
        Abort => "SIGABRT",
        8 => "SIGFPE",
        Kill => "SIGKILL",
        SegmentationFault => "SIGSEGV",
        13 => "SIGPIPE",
        14 => "SIGALRM",
        Terminate => "SIGTERM",
        _ when signal == BusError => "SIGBUS",
        24 => "SIGXCPU",
        25 => "SIGXFSZ",
        _ => $"signal {signal}",
    };
}
