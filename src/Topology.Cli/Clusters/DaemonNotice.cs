namespace Topology.Cli;

/// <summary>A daemon, as it wrote it down in its data directory.</summary>
/// <param name="Address">Where it answers.</param>
/// <param name="Pid">Its process.</param>
/// <param name="IsLiving">Whether that process, and no later one of the same number, lives.</param>
/// <param name="File">The file that says so.</param>
internal sealed record DaemonNotice(Uri Address, int Pid, bool IsLiving, string File);
