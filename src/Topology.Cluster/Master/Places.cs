namespace Topology.Cluster;

/// <summary>Where workers can be put.</summary>
internal static class Places
{
    /// <summary>The slots that each host has for a topology: those that no other one uses. A supervisor that has not been heard of lately gets nothing new.</summary>
    public static HostSlots[] For(MasterTurn turn, TopologyStatus topology) =>
        [.. turn.State.Supervisors.Values
            .Where(s => s.HasJoined && (s.LeaseEnds == DateTimeOffset.MaxValue || turn.Now - s.HeardAt <= 2 * turn.Options.Lease.AskEvery))
            .Select(s => new HostSlots(s.Id, s.Slots - UsedByOthers(turn.State, topology, s.Id)))
            .Where(h => h.Slots > 0)];

    public static bool HasJoined(MasterState state, string host) => state.Supervisors.TryGetValue(host, out var supervisor) && supervisor.HasJoined;

    private static int UsedByOthers(MasterState state, TopologyStatus topology, string host) =>
        state.Topologies.Values.Where(t => t.Id != topology.Id).Sum(t => t.Workers.Values.Count(w => w.Entry.Host == host && (!t.HasEnded || w.Phase != WorkerPhase.Gone)));
}
