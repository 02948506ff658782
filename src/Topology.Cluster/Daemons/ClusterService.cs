using System.Collections.Immutable;
using System.Security.Cryptography;

namespace Topology.Cluster;

/// <summary>The daemon's own side of what it does for people and programs.</summary>
internal sealed class ClusterService(DaemonOptions options, SqliteClusterStore store, UploadStore uploads, MasterLoop master, WorkerStarts starts, JoinedHosts? hosts, Action stop) : IClusterService
{
    private readonly DateTimeOffset _startedAt = options.Time.GetUtcNow();
    private readonly PlanningProcess _planning = new(Path.Combine(options.Data.FullPath, PlanningProcess.FolderName), options.PlanLimit, options.Time, options.StartOf);

    public Task<ClusterInfo> InfoAsync(CancellationToken cancellation) =>
        Task.FromResult(new ClusterInfo(store.ClusterId, options.Version, Environment.ProcessId, Environment.MachineName, _startedAt, options.Data.FullPath));

    public Task<bool> HasUploadAsync(UploadId upload, CancellationToken cancellation) => Task.FromResult(uploads.Contains(upload));

    public async Task UploadAsync(UploadId upload, Stream zip, IProgress<long>? progress, CancellationToken cancellation)
    {
        using var incoming = uploads.Begin(upload);
        var buffer = new byte[64 * 1024];
        for (int read; (read = await zip.ReadAsync(buffer, cancellation).ConfigureAwait(false)) > 0;)
        {
            incoming.Append(buffer.AsSpan(0, read));
            progress?.Report(incoming.Bytes);
        }

        incoming.Complete();
    }

    public async Task<CommandOutcome> SubmitAsync(SubmitRequest request, CancellationToken cancellation)
    {
        if (ClusterSettings.Check(request.Settings) is { IsEmpty: false } problems) return Invalid(problems);
        string folder;
        TopologyManifest manifest;
        try
        {
            folder = await Task.Run(() => uploads.Unpack(request.Upload), cancellation).ConfigureAwait(false);
            manifest = TopologyManifest.Read(folder);
        }
        catch (UploadException error)
        {
            return Invalid([error.Message]);
        }

        if (!TopologyClassName.TryChoose(manifest.Classes, request.Class, out var className, out var problem)) return Invalid([problem]);
        var assembly = Path.Combine(folder, manifest.Assembly);
        var answer = await _planning.PlanAsync(new PlanRequest(assembly, className, request.Name, ClusterSettings.WithoutThem(request.Settings)), cancellation).ConfigureAwait(false);
        if (answer.Outline is not { } outline) return Invalid(answer.Errors);
        var spec = new TopologySpec(NewId(answer.Name), answer.Name, request.Upload.Text, className, request.Settings, outline, request.Workers ?? answer.Workers);
        return await master.AskAsync(new TopologyCommand.Submit(spec, request.IsActive)).ConfigureAwait(false);
    }

    public Task<CommandOutcome> CommandAsync(TopologyCommand command, CancellationToken cancellation) =>
        command is TopologyCommand.Submit ? throw new ArgumentException("A topology is submitted by SubmitAsync.", nameof(command)) : master.AskAsync(command);

    public Task<ImmutableArray<TopologySummary>> ListAsync(CancellationToken cancellation) =>
        Task.FromResult<ImmutableArray<TopologySummary>>([.. master.State.Topologies.Values.OrderBy(t => t.Entry.SubmittedAt).ThenBy(t => t.Id, StringComparer.Ordinal).Select(Descriptions.Summary)]);

    public Task<TopologyDescription?> DescribeAsync(string topology, CancellationToken cancellation) =>
        Task.FromResult(Find(topology) is { } found ? Descriptions.Of(found) : null);

    public Task<ImmutableArray<ErrorRecord>?> ErrorsAsync(string topology, CancellationToken cancellation) =>
        Task.FromResult(Find(topology) is { } found ? store.Read(reader => reader.Errors(found.Id)) : (ImmutableArray<ErrorRecord>?)null);

    public Task<IAsyncEnumerable<LogLine>?> LogsAsync(string topology, LogQuery query, CancellationToken cancellation) =>
        Task.FromResult(Find(topology) is { } found ? LogReader.ReadAsync(starts.LogsOf(found.Id), query, cancellation) : null);

    public Task<ImmutableArray<SupervisorDescription>> SupervisorsAsync(CancellationToken cancellation)
    {
        var state = master.State;
        var used = state.Topologies.Values.SelectMany(t => t.Workers.Values).Where(w => w.Phase != WorkerPhase.Gone).CountBy(w => w.Entry.Host).ToDictionary();
        var known = store.Read(reader => reader.Supervisors()).ToDictionary(s => s.Id, StringComparer.Ordinal);
        var joined = state.Supervisors.Values.Where(s => s.HasJoined).ToDictionary(s => s.Id, StringComparer.Ordinal);
        return Task.FromResult<ImmutableArray<SupervisorDescription>>([.. joined.Keys.Union(known.Keys).Order(StringComparer.Ordinal).Select(Describe)]);

        SupervisorDescription Describe(string id) => joined.TryGetValue(id, out var present)
            ? new(id, present.Slots, used.GetValueOrDefault(id), present.HeardAt, id == Daemon.LocalHost) { Host = known.GetValueOrDefault(id)?.Host ?? (id == Daemon.LocalHost ? Environment.MachineName : ""), IsAway = id != Daemon.LocalHost && !known.ContainsKey(id) }
            : new(id, known[id].Slots, used.GetValueOrDefault(id), known[id].LastSeen, false) { Host = known[id].Host, IsAway = true };
    }

    public async Task<JoinInvitation?> InviteAsync(CancellationToken cancellation) => hosts is null ? null : await hosts.InviteAsync().ConfigureAwait(false);

    public async Task<bool> ForgetSupervisorAsync(string supervisor, CancellationToken cancellation)
    {
        var isForgotten = await store.WriteAsync(writer => writer.RemoveSupervisor(supervisor)).ConfigureAwait(false);
        if (isForgotten) hosts?.Dismiss(supervisor);
        return isForgotten;
    }

    public Task StopAsync(CancellationToken cancellation)
    {
        stop();
        return Task.CompletedTask;
    }

    /// <summary>The topology of an id or a living one's name, or the last of those that had the name.</summary>
    private TopologyStatus? Find(string topology)
    {
        var state = master.State;
        return state.Find(topology) ?? state.Topologies.Values.Where(t => t.Entry.Spec.Name == topology).MaxBy(t => t.Entry.SubmittedAt);
    }

    /// <summary>The name as far as it can be part of a file's name, and chance, since an id is never used again.</summary>
    private static string NewId(string name)
    {
        var plain = new string([.. name.Where(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_').Take(60)]);
        return $"{(plain.Length == 0 ? "topology" : plain.TrimStart('-'))}-{RandomNumberGenerator.GetHexString(8, lowercase: true)}";
    }

    private static CommandOutcome Invalid(IEnumerable<string> problems) => new(CommandVerdict.Invalid, null, string.Join('\n', problems));
}
