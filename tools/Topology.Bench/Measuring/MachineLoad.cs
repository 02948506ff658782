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
    private readonly double? _busySeconds;
    private readonly double _ownSeconds;

    private MachineLoad(double? busySeconds, double ownSeconds) => (_busySeconds, _ownSeconds) = (busySeconds, ownSeconds);

    /// <summary>A reading now.</summary>
    public static MachineLoad Read()
    {
        if (!File.Exists("/proc/stat")) return new MachineLoad(null, 0);

        // cpu user nice system idle iowait irq softirq steal …
        var machine = File.ReadLines("/proc/stat").First();

        // pid (name) state …, of which the 12th to 15th are user and system time, and those of children that have ended.
        var own = File.ReadAllText("/proc/self/stat");
        return new MachineLoad(Seconds(machine, 1, 2, 3, 6, 7, 8), Seconds(own[own.LastIndexOf(')')..], 12, 13, 14, 15));
    }

    /// <summary>How many cores, on average, everything but this process and those of its children that have ended kept busy since an earlier reading; null where that is unknown.</summary>
    public double? OthersSince(MachineLoad earlier)
    {
        if (_busySeconds is not { } busy || earlier._busySeconds is not { } busyEarlier) return null;
        var others = busy - busyEarlier - (_ownSeconds - earlier._ownSeconds);
        return Math.Max(0, others / Stopwatch.GetElapsedTime(earlier._timestamp, _timestamp).TotalSeconds);
    }

    private static double Seconds(string line, params ReadOnlySpan<int> places)
    {
        var fields = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var sum = 0.0;
        foreach (var place in places) sum += double.Parse(fields[place], CultureInfo.InvariantCulture);
        return sum / TicksPerSecond;
    }
}
