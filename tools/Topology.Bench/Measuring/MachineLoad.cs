using System.Diagnostics;
using System.Globalization;

namespace Topology.Bench;

/// <summary>
/// How much processor time the whole machine has used, so that a result can say how much of it others took meanwhile: two threads that have to share a core are another
/// experiment. Known on Linux only.
/// </summary>
internal sealed class MachineLoad
{
    // The kernel's USER_HZ, in which /proc/stat counts, is 100 on every platform that .NET runs on.
    private const double TicksPerSecond = 100;

    private readonly long _timestamp = Stopwatch.GetTimestamp();
    private readonly TimeSpan _own = Environment.CpuUsage.TotalTime;
    private readonly double? _busySeconds;

    private MachineLoad(double? busySeconds) => _busySeconds = busySeconds;

    /// <summary>A reading now.</summary>
    public static MachineLoad Read()
    {
        const string path = "/proc/stat";
        if (!File.Exists(path)) return new MachineLoad(null);

        // cpu user nice system idle iowait irq softirq steal …
        var fields = File.ReadLines(path).First().Split(' ', StringSplitOptions.RemoveEmptyEntries);
        int[] busy = [1, 2, 3, 6, 7, 8];
        return new MachineLoad(busy.Sum(i => double.Parse(fields[i], CultureInfo.InvariantCulture)) / TicksPerSecond);
    }

    /// <summary>How many cores, on average, everything but this process kept busy since an earlier reading; null where that is unknown.</summary>
    public double? OthersSince(MachineLoad earlier)
    {
        if (_busySeconds is not { } busy || earlier._busySeconds is not { } busyEarlier) return null;
        var others = busy - busyEarlier - (_own - earlier._own).TotalSeconds;
        return Math.Max(0, others / Stopwatch.GetElapsedTime(earlier._timestamp, _timestamp).TotalSeconds);
    }
}
