using Topology.Cli;
using Topology.Cluster;

// One executable for all roles: the daemon starts it anew for each worker, and for each plan.
if (WorkerProgram.Is(args))
{
    var exit = WorkerProgram.Run(args, (output, error) =>
    {
        Console.SetOut(output);
        Console.SetError(error);
    }, Console.Error.WriteLine);
    // Threads of user code that are still there do not keep the process.
    Environment.Exit(exit);
}

if (PlanProgram.Is(args)) return PlanProgram.Run(args);
return await TopologyProgram.RunCommandLineAsync(args, own: null);
