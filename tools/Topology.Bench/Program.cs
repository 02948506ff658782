using Topology.Bench;
using Topology.Cluster;

// One executable for all roles: its daemons start it anew for each worker and each plan, and its loops by hand for each process of theirs.
if (WorkerProgram.Is(args))
{
    return WorkerProgram.Run(args, (output, error) =>
    {
        Console.SetOut(output);
        Console.SetError(error);
    }, Console.Error.WriteLine);
}

if (PlanProgram.Is(args)) return PlanProgram.Run(args);
if (PeerProgram.Is(args)) return PeerProgram.Run(args);
return await BenchCommand.RunAsync(args).ConfigureAwait(false);
