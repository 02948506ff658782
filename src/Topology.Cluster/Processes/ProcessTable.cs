using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace Topology.Cluster;

/// <summary>
/// The system's table of processes. On Linux that is <c>/proc</c>; elsewhere it is what <see cref="Process"/> tells, which on macOS is exact to a microsecond, and shows no zombies.
/// </summary>
internal static class ProcessTable
{
    private static readonly Lazy<string> BootId = new(ReadBoot);

    /// <summary>Tells one run of the machine from another, since process ids and start times begin anew with each; empty where start times are dates.</summary>
    public static string Boot => BootId.Value;

    /// <summary>What is known of a process; null if there is none of that id.</summary>
    public static ProcessState? Read(int id)
    {
        if (id <= 0) return null;
        return OperatingSystem.IsLinux() ? ReadProc(id) : ReadPortable(id);
    }

    /// <summary>How long the machine has been running; Linux.</summary>
    public static TimeSpan MachineUptime() =>
        TimeSpan.FromSeconds(double.Parse(File.ReadAllText("/proc/uptime").Split(' ')[0], CultureInfo.InvariantCulture));

    private static ProcessState? ReadProc(int id)
    {
        try
        {
            return ProcessState.Parse(File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{id}/stat")));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Gone before it was opened, or before it was read.
            return null;
        }
    }

    private static ProcessState? ReadPortable(int id)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            return new(process.HasExited ? ProcessLife.Zombie : ProcessLife.Alive, 0, 0, process.StartTime.ToUniversalTime().Ticks, 0, 0);
        }
        catch (Exception error) when (error is ArgumentException or InvalidOperationException or Win32Exception)
        {
            return null;
        }
    }

    private static string ReadBoot() => OperatingSystem.IsLinux() ? File.ReadAllText("/proc/sys/kernel/random/boot_id").Trim() : "";
}
