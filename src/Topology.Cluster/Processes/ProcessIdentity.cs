using System.Globalization;

namespace Topology.Cluster;

/// <summary>
/// Which process is meant, for ever: systems give the id of a process that is gone to a new one, but not with its start time, within one run of the machine. To be stored, and compared after a restart of whoever stored it.
/// </summary>
/// <param name="Id">The process id.</param>
/// <param name="StartTime">When it was started: on Linux ticks of the system's clock (100 a second) since the machine's start, elsewhere ticks of 100 ns since the year 1 in UTC. It stays when the process runs another program.</param>
/// <param name="Boot">Which run of the machine; on Linux its boot id, elsewhere empty.</param>
public readonly record struct ProcessIdentity(int Id, long StartTime, string Boot)
{
    private const char Separator = '@';

    /// <summary>This process.</summary>
    public static ProcessIdentity Current { get; } = Of(Environment.ProcessId) ?? throw new ProcessException("This system does not show processes: is /proc mounted?");

    /// <summary>Whether it lives, now. Another process of the same id is not it.</summary>
    public ProcessLife Life => Boot == ProcessTable.Boot && ProcessTable.Read(Id) is { } state && state.StartTime == StartTime ? state.Life : ProcessLife.Gone;

    /// <summary>The process that has an id now, be it a zombie; null if there is none.</summary>
    /// <param name="id">The process id.</param>
    public static ProcessIdentity? Of(int id) => ProcessTable.Read(id) is { } state ? new(id, state.StartTime, ProcessTable.Boot) : null;

    /// <summary>Reads what <see cref="ToString"/> wrote.</summary>
    /// <param name="text">The text, as <c>1234@56789@boot</c>.</param>
    /// <param name="identity">What it says.</param>
    /// <returns>False if it is not such a text.</returns>
    public static bool TryParse(string? text, out ProcessIdentity identity)
    {
        identity = default;
        if (text?.Split(Separator) is not [var id, var time, var boot]) return false;
        if (!int.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number == 0) return false;
        if (!long.TryParse(time, NumberStyles.None, CultureInfo.InvariantCulture, out var started)) return false;
        identity = new(number, started, boot);
        return true;
    }

    /// <summary>What it takes now; null if it is dead, or where the system does not tell (elsewhere than on Linux).</summary>
    public ProcessUsage? Measure()
    {
        if (!OperatingSystem.IsLinux() || Life != ProcessLife.Alive || ProcessTable.Read(Id) is not { } state || state.StartTime != StartTime) return null;
        var uptime = ProcessTable.MachineUptime() - Ticks(StartTime);
        return new(state.ResidentPages * Environment.SystemPageSize, uptime > TimeSpan.Zero ? uptime : TimeSpan.Zero, Ticks(state.ProcessorTicks));
    }

    /// <summary>The identity as text without spaces.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Id}{Separator}{StartTime}{Separator}{Boot}");

    // USER_HZ, which is 100 on every architecture that .NET runs on.
    private static TimeSpan Ticks(long ticks) => TimeSpan.FromMilliseconds(ticks * 10);
}
