using Topology.Bench;

return await BenchCommand.RunAsync(args).ConfigureAwait(false);
