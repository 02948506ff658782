using System.Collections.Immutable;

namespace Topology.Cluster;

/// <summary>
/// Decides what runs where and keeps it running: Storm's Nimbus. A function from a state and an event to the next state, what to keep, and what to do. Whoever drives it handles one event after the other, makes the changes
/// durable, goes on from the new state only then, and does the actions after that; if the changes cannot be kept, the event has not happened.
/// </summary>
internal sealed class Master(MasterOptions options)
{
    /// <summary>What a master knows after a restart. Its workers may live: nothing is started in their place until their supervisors have said that they do not.</summary>
    /// <param name="images">What the store kept.</param>
    /// <param name="seed">Where chance begins.</param>
    /// <param name="now">The time.</param>
    public MasterState Restore(IEnumerable<TopologyImage> images, ulong seed, DateTimeOffset now)
    {
        var topologies = images.Select(image => Restore(image, now)).ToImmutableSortedDictionary(t => t.Id, t => t, StringComparer.Ordinal);
        var hosts = topologies.Values.SelectMany(t => t.Workers.Values).Select(w => w.Entry.Host).Distinct();
        return new MasterState
        {
            Topologies = topologies,
            // What a supervisor was granted before the restart is not known, but it was not granted later.
            Supervisors = hosts.ToImmutableSortedDictionary(h => h, h => new SupervisorStatus(h, 0, now, now + options.Lease.Lease, false), StringComparer.Ordinal),
            Chance = seed,
            Now = now,
        };
    }

    /// <summary>Handles an event.</summary>
    /// <param name="state">The state after the last event whose changes were kept.</param>
    /// <param name="event">What happened.</param>
    /// <param name="now">When it is handled; not before the last event was.</param>
    public MasterStep Handle(MasterState state, MasterEvent @event, DateTimeOffset now)
    {
        var turn = new MasterTurn(state, options, now);
        turn.State = Wakening.Forgive(turn.State, now - state.Now, options);
        switch (@event)
        {
            case MasterEvent.CommandReceived command: CommandHandler.Handle(turn, command); break;
            case MasterEvent.WorkerAnnounced announced: WorkerHandler.Announce(turn, announced); break;
            case MasterEvent.WorkerReady ready: WorkerHandler.Ready(turn, ready); break;
            case MasterEvent.WorkerReported reported: WorkerHandler.Report(turn, reported); break;
            case MasterEvent.WorkerExited exited: WorkerHandler.Exit(turn, exited); break;
            case MasterEvent.LinkLost lost: WorkerHandler.LoseLink(turn, lost); break;
            case MasterEvent.SupervisorJoined joined: SupervisorHandler.Join(turn, joined); break;
            case MasterEvent.LeaseAsked asked: SupervisorHandler.Lease(turn, asked); break;
            case MasterEvent.Tick: SupervisorHandler.EndLeases(turn); break;
            default: throw new ArgumentOutOfRangeException(nameof(@event), @event, "No such event.");
        }

        foreach (var topology in turn.State.Topologies.Values) Reconciler.Run(turn, topology.Id);
        Endings.Forget(turn);
        return turn.End();
    }

    private static TopologyStatus Restore(TopologyImage image, DateTimeOffset now) =>
        new(image.Entry, RestartSettings.Parse(image.Entry.Spec.Settings))
        {
            Workers = image.Workers.ToImmutableSortedDictionary(w => w.Number, w => new WorkerStatus(w, WorkerPhase.Unknown, now)
            {
                Counters = image.Counters.GetValueOrDefault(w.Number, Counts.None),
            }),
            Past = image.Past,
            History = RestartHistory.Empty with { WithoutProgress = image.Entry.RestartsWithoutProgress },
        };
}
