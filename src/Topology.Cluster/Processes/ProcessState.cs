using System.Globalization;

namespace Topology.Cluster;

/// <summary>What a system tells about a process.</summary>
/// <param name="Life">Whether it is alive.</param>
/// <param name="Parent">The id of its parent; 0 for none, or where that cannot be told.</param>
/// <param name="Session">The id of its session, which is that of the session's first process.</param>
/// <param name="StartTime">As <see cref="ProcessIdentity.StartTime"/>.</param>
/// <param name="ResidentPages">Its pages in memory.</param>
/// <param name="ProcessorTicks">What its threads have used, in ticks of the system's clock.</param>
internal readonly record struct ProcessState(ProcessLife Life, int Parent, int Session, long StartTime, long ResidentPages, long ProcessorTicks)
{
    // proc(5), /proc/pid/stat: fields count from 1, and the third is the first after the name.
    private const int FirstField = 3;
    private const int LastNeeded = 24;

    /// <summary>Reads a line of <c>/proc/&lt;pid&gt;/stat</c>; null for a text that is none.</summary>
    public static ProcessState? Parse(string line)
    {
        // The name is in parentheses and may hold any character, parentheses and spaces too.
        var end = line.LastIndexOf(')');
        if (end < 0) return null;
        var fields = line[(end + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (fields.Length <= LastNeeded - FirstField) return null;
        return new(LifeOf(fields[0], Number(20)), (int)Number(4), (int)Number(6), Number(22), Number(24), Number(14) + Number(15));

        long Number(int field) => long.Parse(fields[field - FirstField], CultureInfo.InvariantCulture);
    }

    // A process whose first thread has ended is shown as a zombie although its other threads go on; only one that is the last is dead.
    private static ProcessLife LifeOf(string state, long threads) => state is "Z" or "X" or "x" && threads <= 1 ? ProcessLife.Zombie : ProcessLife.Alive;
}
