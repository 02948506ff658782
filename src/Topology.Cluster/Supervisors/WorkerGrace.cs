namespace Topology.Cluster;

/// <summary>
/// A worker's own rule: without a supervisor that has its lease it ends after a grace, since nobody else may be there to end it. Time is counted on a clock that runs while the process is stopped, so that one
/// that wakes after its replacement has begun ends at its first look.
/// </summary>
/// <param name="grace">How long it lives unsupervised.</param>
/// <param name="now">When the supervisor was heard first: the worker's start.</param>
internal sealed class WorkerGrace(TimeSpan grace, DateTimeOffset now)
{
    private DateTimeOffset _heard = now;

    /// <summary>When the grace is over.</summary>
    public DateTimeOffset EndsAt => _heard + grace;

    /// <summary>The supervisor was heard, which says something only to workers that it knows and while it has its lease (<see cref="Supervisor.Supervised"/>). One that comes back within the grace finds the worker alive.</summary>
    public void Hear(DateTimeOffset now)
    {
        // Once over it stays over: what is told to others is not taken back.
        if (now < EndsAt && now > _heard) _heard = now;
    }

    /// <summary>Whether the worker has to end, without finishing anything.</summary>
    public bool IsOver(DateTimeOffset now) => now >= EndsAt;
}
