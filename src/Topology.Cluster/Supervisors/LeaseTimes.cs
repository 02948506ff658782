namespace Topology.Cluster;

/// <summary>
/// The times after which each side may act when it no longer hears the other. A supervisor without its master kills its workers before its lease ends; a worker without its supervisor ends itself before that, too; the master starts
/// replacements elsewhere only after. Nobody compares clocks: each side counts from what it did itself, the supervisor from when it asked for its lease, the master from when it heard that.
/// </summary>
internal sealed record LeaseTimes
{
    public static readonly LeaseTimes Default = new(TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(35), TimeSpan.FromSeconds(30));

    /// <param name="lease">How long what a supervisor keeps may live after the master has heard it last.</param>
    /// <param name="killBefore">How long before its lease ends a supervisor begins to kill.</param>
    /// <param name="workerGrace">How long a worker lives without a supervisor that has a lease.</param>
    /// <exception cref="ArgumentException">The grace of workers whose supervisor dies at the very moment when it would begin to kill would end after the lease; or killing would begin before the lease did.</exception>
    public LeaseTimes(TimeSpan lease, TimeSpan killBefore, TimeSpan workerGrace)
    {
        if (killBefore >= lease) throw new ArgumentException($"A supervisor cannot begin to kill {killBefore} before the end of a lease of {lease}.", nameof(killBefore));
        if (workerGrace <= TimeSpan.Zero || workerGrace >= killBefore)
            throw new ArgumentException($"A worker's grace of {workerGrace} has to be shorter than the {killBefore} before the end of its lease at which a supervisor kills: it may die just then.", nameof(workerGrace));
        (Lease, KillBefore, WorkerGrace) = (lease, killBefore, workerGrace);
    }

    public TimeSpan Lease { get; }

    public TimeSpan KillBefore { get; }

    public TimeSpan WorkerGrace { get; }

    /// <summary>How often a supervisor asks for its lease: six times, so that a few may be lost.</summary>
    public TimeSpan AskEvery => Lease / 6;
}
