using System.Collections.Immutable;
using Topology.Cluster;

namespace Topology.Cli.Tests;

/// <summary>A cluster that says what a test says, and remembers what it was asked.</summary>
internal sealed class FakeService : IClusterService
{
    /// <summary>What every call fails with; null for none.</summary>
    public ClusterException? Problem { get; set; }

    public List<TopologySummary> Topologies { get; } = [];

    /// <summary>What is said of a topology, at each call.</summary>
    public Func<string, TopologyDescription?> OnDescribe { get; set; } = _ => null;

    public Func<TopologyCommand, CommandOutcome> OnCommand { get; set; } = _ => new CommandOutcome(CommandVerdict.Accepted, null, "it is being done");

    public Func<SubmitRequest, CommandOutcome> OnSubmit { get; set; } = _ => new CommandOutcome(CommandVerdict.Accepted, "lines-1", "lines is submitted");

    /// <summary>Called with how far an upload is, before it goes on.</summary>
    public Action OnUpload { get; set; } = () => { };

    public List<SupervisorDescription> Supervisors { get; } = [];

    public JoinInvitation? Invitation { get; set; }

    public Dictionary<string, ImmutableArray<ErrorRecord>> Errors { get; } = [];

    public Dictionary<string, Func<LogQuery, IAsyncEnumerable<LogLine>>> Logs { get; } = [];

    public List<TopologyCommand> Commands { get; } = [];

    public List<SubmitRequest> Submits { get; } = [];

    public Dictionary<UploadId, byte[]> Uploads { get; } = [];

    public ClusterInfo Info { get; set; } = new("c1", "0.1.0", 4711, "here", DateTimeOffset.UnixEpoch, "/data");

    public bool IsStopped { get; private set; }

    public Task<ClusterInfo> InfoAsync(CancellationToken cancellation = default) => Answer(() => Info);

    public Task<bool> HasUploadAsync(UploadId upload, CancellationToken cancellation = default) => Answer(() => Uploads.ContainsKey(upload));

    public Task UploadAsync(UploadId upload, Stream zip, IProgress<long>? progress = null, CancellationToken cancellation = default) => Answer(() =>
    {
        using var bytes = new MemoryStream();
        zip.CopyTo(bytes);
        progress?.Report(bytes.Length / 2);
        OnUpload();
        progress?.Report(bytes.Length);
        return Uploads[upload] = bytes.ToArray();
    });

    public Task<CommandOutcome> SubmitAsync(SubmitRequest request, CancellationToken cancellation = default) => Answer(() =>
    {
        Submits.Add(request);
        return OnSubmit(request);
    });

    public Task<CommandOutcome> CommandAsync(TopologyCommand command, CancellationToken cancellation = default) => Answer(() =>
    {
        Commands.Add(command);
        return OnCommand(command);
    });

    public Task<ImmutableArray<TopologySummary>> ListAsync(CancellationToken cancellation = default) => Answer(() => Topologies.ToImmutableArray());

    public Task<TopologyDescription?> DescribeAsync(string topology, CancellationToken cancellation = default) => Answer(() => OnDescribe(topology));

    public Task<ImmutableArray<ErrorRecord>?> ErrorsAsync(string topology, CancellationToken cancellation = default) =>
        Answer(() => Errors.TryGetValue(topology, out var errors) ? errors : (ImmutableArray<ErrorRecord>?)null);

    public Task<IAsyncEnumerable<LogLine>?> LogsAsync(string topology, LogQuery query, CancellationToken cancellation = default) => Answer(() => Logs.GetValueOrDefault(topology)?.Invoke(query));

    public Task<ImmutableArray<SupervisorDescription>> SupervisorsAsync(CancellationToken cancellation = default) => Answer(() => Supervisors.ToImmutableArray());

    public Task<bool> ForgetSupervisorAsync(string supervisor, CancellationToken cancellation = default) => Answer(() => Supervisors.RemoveAll(s => s.Id == supervisor && !s.IsLocal) > 0);

    public Task<JoinInvitation?> InviteAsync(CancellationToken cancellation = default) => Answer(() => Invitation);

    public Task StopAsync(CancellationToken cancellation = default) => Answer(() => IsStopped = true);

    private Task<T> Answer<T>(Func<T> answer)
    {
        if (Problem is not null) return Task.FromException<T>(Problem);
        if (IsStopped) return Task.FromException<T>(new ClusterException(ClusterProblem.Unreachable, "no daemon answers"));
        try
        {
            return Task.FromResult(answer());
        }
        catch (Exception exception)
        {
            return Task.FromException<T>(exception);
        }
    }
}
