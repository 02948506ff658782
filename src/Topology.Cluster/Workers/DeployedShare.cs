using System.Collections.Immutable;
using Topology.Engine;
using Topology.Messaging;

namespace Topology.Cluster;

/// <summary>Reads from an assignment what one of its workers runs.</summary>
internal static class DeployedShare
{
    public static WorkerShare Of(Assignment assignment, int self)
    {
        var workerOf = new int[assignment.Workers.Sum(w => w.Executors.Length + w.Ackers.Length)];
        for (var place = 0; place < assignment.Workers.Length; place++)
        {
            foreach (var executor in assignment.Workers[place].Executors) workerOf[executor.Number] = place;
            foreach (var acker in assignment.Workers[place].Ackers) workerOf[acker.Number] = place;
        }

        return new WorkerShare(self, assignment.Workers.Length, [.. workerOf]);
    }

    /// <summary>The other workers as links know them: by their place in the assignment, as the engine does.</summary>
    /// <exception cref="TopologyException">By the enumeration: one has no address, or none that is reached from this host.</exception>
    public static IEnumerable<LinkPeer> PeersOf(Assignment assignment, ImmutableSortedDictionary<int, string> endpoints, int self)
    {
        for (var place = 0; place < assignment.Workers.Length; place++)
        {
            if (place == self) continue;
            var worker = assignment.Workers[place];
            if (!endpoints.TryGetValue(worker.Number, out var text) || !WorkerEndpoint.TryParse(text, out var endpoint)) throw new TopologyException($"Worker {worker.Number} has no address.");
            yield return endpoint.ToPeer(place, worker.Incarnation, worker.Host == assignment.Workers[self].Host);
        }
    }

    /// <summary>The plan as a worker runs it: with as many ackers as were assigned, and a part of the host's cores where the topology does not say how many loops it wants.</summary>
    public static TopologyPlan PlanFor(TopologyPlan plan, Assignment assignment, int self)
    {
        var host = assignment.Workers[self].Host;
        var onHost = assignment.Workers.Count(w => w.Host == host);
        var executors = assignment.Workers.SelectMany(w => w.Executors).CountBy(e => e.Component).ToDictionary();
        return plan with
        {
            // A rebalance may have given a component another number than its code says.
            Components = [.. plan.Components.Select(c => c with { Executors = executors[c.Id] })],
            Options = plan.Options with
            {
                Ackers = assignment.Workers.Sum(w => w.Ackers.Length),
                Workers = 1,
                EventLoops = plan.Options.EventLoops > 0 ? plan.Options.EventLoops : Math.Max(1, Environment.ProcessorCount / onHost),
            },
        };
    }

    /// <summary>Whether two assignments have the same executors and ackers in the same places, so that what runs a share of one can go on with that of the other. A number alone says nothing: a rebalance may give it to another executor.</summary>
    public static bool AreSame(Assignment one, Assignment other) =>
        one.Workers.Length == other.Workers.Length && one.Workers.Zip(other.Workers).All(pair => AreSame(pair.First, pair.Second));

    private static bool AreSame(WorkerAssignment one, WorkerAssignment other) =>
        one.Number == other.Number
        && one.Executors.SequenceEqual(other.Executors)
        && one.Ackers.Select(a => a.Number).SequenceEqual(other.Ackers.Select(a => a.Number))
        && one.Ackers.SelectMany(a => a.SpoutTasks).SequenceEqual(other.Ackers.SelectMany(a => a.SpoutTasks));
}
