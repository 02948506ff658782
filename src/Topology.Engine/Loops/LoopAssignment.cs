namespace Topology.Engine;

/// <summary>
/// Deals executors to loops: along the flow, each to the loop with the least weight so far. A spout weighs most, since it also makes trees and ends them; an acker
/// goes last, so that it evens the loops out.
/// </summary>
internal sealed class LoopAssignment(Worker worker)
{
    private const int SpoutWeight = 3;
    private const int BoltWeight = 2;
    private const int AckerWeight = 1;

    private readonly int[] _weights = new int[worker.Loops.Length];

    /// <summary>The worker that a loop belongs to; in one process, workers are groups of loops.</summary>
    public static int WorkerOf(Worker worker, EventLoop loop) => loop.Index % worker.Plan.Options.Workers;

    public void Assign()
    {
        foreach (var component in FlowOrder.Of(worker.Plan))
        {
            foreach (var executor in worker.Executors.Where(e => e.Component == component.Id))
                Add(executor, component.Kind == ComponentKind.Spout ? SpoutWeight : BoltWeight);
        }

        foreach (var acker in worker.Ackers) Add(acker, AckerWeight);
    }

    private void Add(Executor executor, int weight)
    {
        var loop = Array.IndexOf(_weights, _weights.Min());
        _weights[loop] += weight;
        worker.Loops[loop].Add(executor);
    }
}
