namespace Topology.Cluster;

/// <summary>
/// The times after which each side may act when it no longer hears the other. A supervisor without its master kills its workers before its lease ends; a worker without its supervisor ends itself before that, too; the master starts
/// replacements elsewhere only after. Nobody compares clocks: each side counts from what it did itself, the supervisor from when it asked for its lease, the master from when it heard that.
/// </summary>
internal sealed record LeaseTimes
{
    public static readonly LeaseTimes Default = new(TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(15), TimeSpan.FromSeconds(30));

    /// <param name="lease">How long what a supervisor keeps may live after the master has heard it last.</param>
    /// <param name="killBefore">How long before its lease ends a supervisor begins to kill: time to kill, and for clocks that drift.</param>
    /// <param name="workerGrace">How long a worker lives without its supervisor.</param>
    /// <exception cref="ArgumentException">A worker's grace, counted from its supervisor's death, or the supervisor's killing would end after the lease.</exception>
    public LeaseTimes(TimeSpan lease, TimeSpan killBefore, TimeSpan workerGrace)
    {
        if (killBefore <= TimeSpan.Zero || killBefore >= lease) throw new ArgumentException($"Killing begins before the lease of {lease} ends, and not before it began: {killBefore} is neither.", nameof(killBefore));
        if (workerGrace <= TimeSpan.Zero || workerGrace + killBefore > lease)
            throw new ArgumentException($"A worker's grace of {workerGrace} has to end {killBefore} before its supervisor's lease of {lease} does.", nameof(workerGrace));
        (Lease, KillBefore, WorkerGrace) = (lease, killBefore, workerGrace);
    }

    public TimeSpan Lease { get; }

    public TimeSpan KillBefore { get; }

    public TimeSpan WorkerGrace { get; }

    /// <summary>How often a supervisor asks for its lease: six times, so that a few may be lost.</summary>
    public TimeSpan AskEvery => Lease / 6;
}
