using System.Globalization;

namespace Topology.Cluster;

/// <summary>Says how a worker's process is started.</summary>
internal sealed class WorkerStarts(DaemonOptions options, string control, string sockets, string host)
{
    /// <summary>The folder of a topology's logs.</summary>
    public LogFolder LogsOf(string topology) => new(Path.Combine(options.Data.FullPath, "logs", topology));

    /// <param name="worker">The worker.</param>
    /// <param name="spec">Its topology; null where that is not known any more.</param>
    /// <exception cref="ProcessException">It is not known.</exception>
    public ProcessStart Of(WorkerKey worker, TopologySpec? spec)
    {
        if (spec is null) throw new ProcessException($"There is no topology '{worker.Topology}'.");
        var logs = LogsOf(worker.Topology);
        var name = string.Create(CultureInfo.InvariantCulture, $"worker-{worker.Worker}");
        var links = ClusterSettings.AreLinksEncrypted(spec.Settings) ? LinkTransport.Tcp : options.Listening is null ? LinkTransport.Ipc : LinkTransport.Both;
        var arguments = new WorkerArguments(worker, host, control, sockets, logs.FullPath, name, links, options.Master.Lease.WorkerGrace);
        if (options.Listening is { } listening) arguments = arguments with { Address = listening.Address };
        return options.StartOf(arguments.ToArguments(), logs.CurrentFile(name));
    }
}
