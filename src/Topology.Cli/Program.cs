using Topology.Cli;

return await TopologyProgram.RunCommandLineAsync(args, own: null);
