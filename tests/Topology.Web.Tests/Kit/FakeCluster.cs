using System.Collections.Immutable;
using Topology.Cluster;

namespace Topology.Web.Tests;

/// <summary>A cluster that answers what a test says, and notes what it was asked.</summary>
internal sealed class FakeCluster : IClusterService
{
    private readonly TaskCompletionSource _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public static DateTimeOffset SomeTime { get; } = new(2026, 1, 31, 8, 30, 15, 123, TimeSpan.Zero);

    public ClusterInfo Info { get; init; } = new("c1", "0.1.0", Environment.ProcessId, "here", SomeTime, "/data");

    public UploadStore? Uploads { get; init; }

    public Func<SubmitRequest, CommandOutcome> OnSubmit { get; set; } = _ => throw new InvalidOperationException("Nobody was to submit.");

    public Func<TopologyCommand, CommandOutcome> OnCommand { get; set; } = _ => throw new InvalidOperationException("Nobody was to command.");

    public ImmutableArray<TopologySummary> Topologies { get; set; } = [];

    public ImmutableArray<SupervisorDescription> Supervisors { get; set; } = [];

    public JoinInvitation? Invitation { get; set; }

    public Func<string, TopologyDescription?> OnDescribe { get; set; } = _ => null;

    public Func<string, ImmutableArray<ErrorRecord>?> OnErrors { get; set; } = _ => null;

    public Func<string, LogQuery, CancellationToken, IAsyncEnumerable<LogLine>?> OnLogs { get; set; } = (_, _, _) => null;

    public Func<Task<ClusterInfo>>? OnInfo { get; set; }

    public Func<UploadId, Stream, CancellationToken, Task>? OnUpload { get; set; }

    public Task Stopped => _stopped.Task;

    public Task<ClusterInfo> InfoAsync(CancellationToken cancellation = default) => OnInfo?.Invoke().WaitAsync(cancellation) ?? Task.FromResult(Info);

    public Task<bool> HasUploadAsync(UploadId upload, CancellationToken cancellation = default) => Task.FromResult(Uploads!.Contains(upload));

    public async Task UploadAsync(UploadId upload, Stream zip, IProgress<long>? progress = null, CancellationToken cancellation = default)
    {
        if (OnUpload is not null)
        {
            await OnUpload(upload, zip, cancellation);
            return;
        }

        using var incoming = Uploads!.Begin(upload);
        var piece = new byte[16 * 1024];
        while (await zip.ReadAsync(piece, cancellation) is > 0 and var count) incoming.Append(piece.AsSpan(0, count));
        incoming.Complete();
    }

    public Task<CommandOutcome> SubmitAsync(SubmitRequest request, CancellationToken cancellation = default) => Task.FromResult(OnSubmit(request));

    public Task<CommandOutcome> CommandAsync(TopologyCommand command, CancellationToken cancellation = default) => Task.FromResult(OnCommand(command));

    public Task<ImmutableArray<TopologySummary>> ListAsync(CancellationToken cancellation = default) => Task.FromResult(Topologies);

    public Task<TopologyDescription?> DescribeAsync(string topology, CancellationToken cancellation = default) => Task.FromResult(OnDescribe(topology));

    public Task<ImmutableArray<ErrorRecord>?> ErrorsAsync(string topology, CancellationToken cancellation = default) => Task.FromResult(OnErrors(topology));

    public Task<IAsyncEnumerable<LogLine>?> LogsAsync(string topology, LogQuery query, CancellationToken cancellation = default) => Task.FromResult(OnLogs(topology, query, cancellation));

    public Task<JoinInvitation?> InviteAsync(CancellationToken cancellation = default) => Task.FromResult(Invitation);

    public Task<bool> ForgetSupervisorAsync(string supervisor, CancellationToken cancellation = default)
    {
        var before = Supervisors.Length;
        Supervisors = Supervisors.RemoveAll(s => s.Id == supervisor);
        return Task.FromResult(Supervisors.Length < before);
    }

    public Task<ImmutableArray<SupervisorDescription>> SupervisorsAsync(CancellationToken cancellation = default) => Task.FromResult(Supervisors);

    public Task StopAsync(CancellationToken cancellation = default)
    {
        _stopped.TrySetResult();
        return Task.CompletedTask;
    }
}
