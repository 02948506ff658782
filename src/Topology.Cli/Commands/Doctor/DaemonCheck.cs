using Topology.Cluster;

namespace Topology.Cli;

/// <summary>Whether a daemon answers, and is of this version; whether what it wrote down is of a daemon that lives; and whether the clock can be right.</summary>
internal static class DaemonCheck
{
    private const string Name = "daemon";

    // What a clock that is set by the network may be off.
    private static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(5);

    public static async Task<IReadOnlyList<Finding>> LookAsync(ClusterTarget target, CommandContext context)
    {
        var now = context.Time.GetUtcNow();
        try
        {
            var info = await context.Connect(target).InfoAsync().ConfigureAwait(false);
            var text = $"{info.Version} answers at {target.Address}, process {info.Pid} on {info.Host}, up for {Figures.Age(now - info.StartedAt)}";
            var answers = info.Version == CommandLineProgram.Version
                ? new Finding(Name, FindingKind.Ok, text)
                : new Finding(Name, FindingKind.Note, $"{text}; this program is {CommandLineProgram.Version}", "topology down, and topology up of the newer one");
            return [answers, Clock(now, info.StartedAt)];
        }
        catch (ClusterException exception) when (exception.Problem == ClusterProblem.Unreachable)
        {
            return [new Finding(Name, FindingKind.Note, exception.Message, "topology up --detach"), Clock(now, null)];
        }
        catch (ClusterException exception)
        {
            return [new Finding(Name, FindingKind.Problem, exception.Message), Clock(now, null)];
        }
    }

    /// <summary>What is left of a daemon that is gone.</summary>
    public static IEnumerable<Finding> Leftovers(string dataDirectory, ICluster cluster)
    {
        if (cluster.FindDaemon(dataDirectory) is { IsLiving: false } gone)
            yield return new Finding("daemon file", FindingKind.Problem, $"{gone.File} is of process {gone.Pid}, which is gone", "topology doctor --fix") { Fix = () => Delete(gone.File) };
    }

    private static string? Delete(string file)
    {
        File.Delete(file);
        return null;
    }

    private static Finding Clock(DateTimeOffset now, DateTimeOffset? daemonStarted)
    {
        // A clock that was never set begins long before this program was built.
        var built = new DateTimeOffset(File.GetLastWriteTimeUtc(typeof(DaemonCheck).Assembly.Location));
        if (now + TimeSpan.FromDays(1) < built) return new Finding("clock", FindingKind.Problem, $"it is {now.UtcDateTime:u} by this machine, before this program was built", "set the clock");
        if (daemonStarted > now + Tolerance) return new Finding("clock", FindingKind.Problem, $"the daemon started {Figures.Age(daemonStarted.Value - now)} from now by this machine", "set the clocks of both machines");
        return new Finding("clock", FindingKind.Ok, $"{now.UtcDateTime:u}");
    }
}
