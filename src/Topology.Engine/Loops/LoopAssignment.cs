namespace Topology.Engine;

/// <summary>
/// Deals executors to loops. Those of one component are spread evenly, since they cost alike; what is left of each, along the flow, goes to the loop with the least
/// weight so far. A spout weighs most, since it also makes trees and ends them; an acker goes last, so that it evens the loops out.
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
        var components = FlowOrder.Of(worker.Plan).Select(c => (Executors: ExecutorsOf(c), Weight: WeightOf(c))).ToArray();
        foreach (var (executors, weight) in components)
        {
            for (var i = 0; i < EvenPart(executors.Length); i++) Add(executors[i], i % worker.Loops.Length, weight);
        }

        foreach (var (executors, weight) in components)
            foreach (var executor in executors.Skip(EvenPart(executors.Length))) AddToLightest(executor, weight);
        foreach (var acker in worker.Ackers) AddToLightest(acker, AckerWeight);
    }

    private static int WeightOf(ComponentPlan component) => component.Kind == ComponentKind.Spout ? SpoutWeight : BoltWeight;

    private int EvenPart(int executors) => executors / worker.Loops.Length * worker.Loops.Length;

    private Executor[] ExecutorsOf(ComponentPlan component) => [.. worker.Executors.Where(e => e is not RemoteExecutor && e.Component == component.Id)];

    private void AddToLightest(Executor executor, int weight) => Add(executor, Array.IndexOf(_weights, _weights.Min()), weight);

    private void Add(Executor executor, int loop, int weight)
    {
        _weights[loop] += weight;
        worker.Loops[loop].Add(executor);
    }
}
