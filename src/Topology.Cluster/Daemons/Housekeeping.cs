using Microsoft.Extensions.Logging;

namespace Topology.Cluster;

/// <summary>Deletes what is in the data directory and belongs to nobody any more: uploads and logs of topologies that were forgotten, and what a daemon that was killed left of its planning.</summary>
internal sealed class Housekeeping
{
    private readonly string _logs;
    private readonly UploadStore _uploads;
    private readonly Func<MasterState> _state;
    private readonly ILogger _log;

    /// <param name="data">The data directory, which this process holds.</param>
    /// <param name="uploads">The uploads in it.</param>
    /// <param name="state">The topologies that are kept.</param>
    /// <param name="log">Where it is told what cannot be deleted.</param>
    public Housekeeping(DataDirectory data, UploadStore uploads, Func<MasterState> state, ILogger log)
    {
        (_logs, _uploads, _state, _log) = (Path.Combine(data.FullPath, "logs"), uploads, state, log);
        var plans = Path.Combine(data.FullPath, PlanningProcess.FolderName);
        if (Directory.Exists(plans)) Directory.Delete(plans, recursive: true);
    }

    /// <summary>Deletes it. Legal from any thread, one at a time; throws nothing.</summary>
    public void Tidy()
    {
        try
        {
            var topologies = _state().Topologies;
            _uploads.DeleteUnreferenced(topologies.Values.Select(t => UploadId.Parse(t.Entry.Spec.Upload)).ToHashSet());
            if (!Directory.Exists(_logs)) return;
            foreach (var folder in new DirectoryInfo(_logs).EnumerateDirectories().Where(folder => !topologies.ContainsKey(folder.Name))) folder.Delete(recursive: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or TopologyException)
        {
            _log.LogWarning("What belongs to nobody any more cannot be deleted: {Problem} It is tried again later", error.Message);
        }
    }
}
