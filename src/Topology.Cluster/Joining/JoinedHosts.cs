using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Topology.Messaging;

namespace Topology.Cluster;

/// <summary>
/// The daemon's side of supervisors and workers of other hosts: lets them in by their keys, hands what they say to the master as far as it is theirs to say, and sends them orders and code. Keys of supervisors are kept; those of workers are named by
/// their supervisors, again with each lease.
/// </summary>
internal sealed class JoinedHosts : IDisposable
{
    /// <summary>Bytes of an upload that are sent at once: a tenth of a second of a connection of 20 Mbit/s, so that what else is said does not wait long.</summary>
    private const int ChunkBytes = 256 * 1024;

    private const string KeyName = "control.key";

    private readonly MasterLoop _master;
    private readonly SqliteClusterStore _store;
    private readonly UploadStore _uploads;
    private readonly TimeProvider _time;
    private readonly Action<WorkerMessage> _take;
    private readonly Action<SupervisorAction.ReportExit> _exited;
    private readonly ILogger _log;
    private readonly JoinTokens _tokens;
    private readonly ZapHandler _zap;
    private readonly NetMQCertificate _keys;
    private readonly RemoteServer _server;

    /// <summary>Listens when this returns.</summary>
    /// <param name="listening">Where.</param>
    /// <param name="options">The daemon's.</param>
    /// <param name="store">Where supervisors and tokens are kept.</param>
    /// <param name="uploads">The code of topologies.</param>
    /// <param name="master">What leads.</param>
    /// <param name="take">Told what workers say.</param>
    /// <param name="exited">Told of workers that were seen dead.</param>
    /// <param name="log">Where joins and refusals are told.</param>
    /// <exception cref="TopologyException">The address cannot be had, or the file with the daemon's key is open to others.</exception>
    public JoinedHosts(
        HostListening listening,
        DaemonOptions options,
        SqliteClusterStore store,
        UploadStore uploads,
        MasterLoop master,
        Action<WorkerMessage> take,
        Action<SupervisorAction.ReportExit> exited,
        ILogger log)
    {
        (_store, _uploads, _master, _take, _exited, _log, _time) = (store, uploads, master, take, exited, log, options.Time);
        // Who takes the name of one that was forgotten would answer for workers that still live elsewhere.
        _tokens = new JoinTokens(store, options.Master.Lease, options.Time, id => master.State.Supervisors.ContainsKey(id));
        _keys = SecretKeyFile.ReadOrCreate(Path.Combine(options.Data.FullPath, KeyName));
        _zap = ZapHandler.Start();
        try
        {
            _server = new RemoteServer(listening.Endpoint, _keys, _zap, Take, Known(), log);
        }
        catch
        {
            _zap.Dispose();
            _keys.Dispose();
            throw;
        }

        Endpoint = $"tcp://{listening.Address}:{_server.Endpoint[(_server.Endpoint.LastIndexOf(':') + 1)..]}";
    }

    /// <summary>What other hosts connect to.</summary>
    public string Endpoint { get; }

    /// <summary>Makes a token to join with.</summary>
    /// <exception cref="StoreException">By the task: it cannot be kept.</exception>
    public async Task<JoinInvitation> InviteAsync()
    {
        var (token, record) = await _tokens.MakeAsync(Endpoint, _keys.PublicKey.ToArray()).ConfigureAwait(false);
        _server.Admit(record.PublicKey, new RemotePeer.Candidate(record.PublicKey));
        return new JoinInvitation(token.ToText(), Endpoint, record.ExpiresAt);
    }

    /// <summary>A supervisor was forgotten: it is let in no more, and nothing that it or its workers say is taken.</summary>
    public void Dismiss(string supervisor)
    {
        _server.Dismiss(peer => peer is RemotePeer.Supervisor s && s.Id == supervisor || peer is RemotePeer.Worker w && w.Host == supervisor);
        _log.LogInformation("Supervisor {Supervisor} was forgotten, and is let in no more", supervisor);
    }

    /// <summary>Sends an order to a supervisor, if it is connected.</summary>
    public void Send(string supervisor, HostOrder order) => _server.Send(new RemotePeer.Supervisor(supervisor), HostOrderCodec.Write(order));

    /// <summary>Sends a message to a worker of another host, if it is connected.</summary>
    /// <returns>False if this is no worker of another host.</returns>
    public bool TrySend(WorkerKey worker, DaemonMessage message)
    {
        if (HostOf(worker) is not { } host || host == Daemon.LocalHost) return false;
        _server.Send(new RemotePeer.Worker(worker, host), DaemonMessageCodec.Write(message));
        return true;
    }

    /// <summary>Tells workers which life of the daemon this is, and lets those in no more that are dead. To be called every second.</summary>
    /// <param name="lifeFor">What to tell a worker.</param>
    public void Pulse(Func<WorkerKey, long> lifeFor)
    {
        _server.Dismiss(peer => peer is RemotePeer.Worker worker && HostOf(worker.Key) != worker.Host);
        foreach (var worker in _server.Peers.OfType<RemotePeer.Worker>()) _server.Send(worker, DaemonMessageCodec.Write(new DaemonMessage.Pulse(lifeFor(worker.Key))));
    }

    /// <summary>Forgets tokens whose time is long over. Throws nothing.</summary>
    public async Task TidyAsync()
    {
        try
        {
            var old = await _tokens.ForgetAsync().ConfigureAwait(false);
            _server.Dismiss(peer => peer is RemotePeer.Candidate candidate && old.Contains(candidate.Token));
        }
        catch (Exception error) when (error is StoreException or ObjectDisposedException)
        {
            _log.LogWarning("Join tokens that have expired cannot be forgotten: {Problem} It is tried again later", error.Message);
        }
    }

    public void Dispose()
    {
        _server.Dispose();
        _zap.Dispose();
        _keys.Dispose();
    }

    private IEnumerable<(string Key, RemotePeer Peer)> Known() =>
    [
        .. _tokens.Known.Select(token => (token.PublicKey, (RemotePeer)new RemotePeer.Candidate(token.PublicKey))),
        .. _store.Read(reader => reader.Supervisors()).Select(supervisor => (Convert.ToHexStringLower(supervisor.PublicKey.Span), (RemotePeer)new RemotePeer.Supervisor(supervisor.Id))),
    ];

    /// <summary>The supervisor of a worker's living incarnation; null where there is none.</summary>
    private string? HostOf(WorkerKey key) =>
        _master.State.Topologies.TryGetValue(key.Topology, out var topology) && topology.Workers.TryGetValue(key.Worker, out var worker) && worker.Entry.Incarnation == key.Incarnation && worker.Phase != WorkerPhase.Gone
            ? worker.Entry.Host
            : null;

    // On the thread of the control channel, as all that follows.
    private void Take(RemotePeer peer, ReadOnlySpan<byte> frame)
    {
        switch (peer)
        {
            case RemotePeer.Candidate candidate: Take(candidate, HostMessageCodec.Read(frame)); break;
            case RemotePeer.Supervisor supervisor: Take(supervisor.Id, HostMessageCodec.Read(frame)); break;
            case RemotePeer.Worker worker: Take(worker, WorkerMessageCodec.Read(frame)); break;
        }
    }

    private void Take(RemotePeer.Candidate candidate, HostMessage message)
    {
        if (message is not HostMessage.Join join) throw new MessagePackSerializationException("Whoever has a token may join, and nothing else.");
        JoinAsync(candidate, join);
    }

    private async void JoinAsync(RemotePeer.Candidate candidate, HostMessage.Join join)
    {
        try
        {
            var answer = await _tokens.UseAsync(candidate.Token, join).ConfigureAwait(false);
            if (answer is HostOrder.Joined joined)
            {
                _server.Admit(join.PublicKey, new RemotePeer.Supervisor(joined.Supervisor));
                _log.LogInformation("Supervisor {Supervisor} of host {Host} has joined", joined.Supervisor, join.Host);
            }
            else
            {
                _log.LogWarning("Host {Host} may not join: {Answer}", join.Host, answer);
            }

            _server.Send(candidate, HostOrderCodec.Write(answer));
        }
        catch (ObjectDisposedException)
        {
            // The daemon is ending; it is asked again.
        }
    }

    private void Take(RemotePeer.Worker worker, WorkerMessage message)
    {
        if (message.Worker != worker.Key || message is WorkerMessage.Announce announce && announce.Host != worker.Host)
            throw new MessagePackSerializationException($"{worker.Key} speaks for another.");
        _take(message);
    }

    private void Take(string supervisor, HostMessage message)
    {
        switch (message)
        {
            case HostMessage.Connect m:
                Admit(supervisor, m.Workers);
                See(supervisor, m);
                _master.Post(new MasterEvent.SupervisorJoined(supervisor, Math.Max(0, m.Slots), false, KeysOf(m.Workers), TimeOf(m.AskedAt)));
                break;
            case HostMessage.AskLease m:
                Admit(supervisor, m.Workers);
                _master.Post(new MasterEvent.LeaseAsked(supervisor, KeysOf(m.Workers), TimeOf(m.AskedAt)));
                break;
            case HostMessage.Starts m: Admit(supervisor, [m.Worker]); break;
            case HostMessage.Exited m when HostOf(m.Worker) == supervisor: _exited(new SupervisorAction.ReportExit(m.Worker, m.Process, m.Detail)); break;
            case HostMessage.Fetch m: _ = Task.Run(() => Send(supervisor, ChunkOf(supervisor, m))); break;
        }
    }

    /// <summary>Lets workers in that are this supervisor's, by the keys that it names.</summary>
    private void Admit(string supervisor, ImmutableArray<HostedWorker> workers)
    {
        foreach (var hosted in workers.Where(hosted => HostOf(hosted.Worker) == supervisor))
        {
            var worker = new RemotePeer.Worker(hosted.Worker, supervisor);
            // An incarnation has one key: one that was named before is of no use, and could be any number of them.
            if (!_server.Holds(hosted.PublicKey, worker)) _server.Dismiss(peer => peer == worker);
            _server.Admit(hosted.PublicKey, worker);
        }
    }

    private async void See(string supervisor, HostMessage.Connect connect)
    {
        try
        {
            await _store.WriteAsync(writer =>
            {
                if (writer.Supervisor(supervisor) is { } known) writer.PutSupervisor(known with { Host = connect.Host, Slots = Math.Max(0, connect.Slots), LastSeen = _time.GetUtcNow() });
            }).ConfigureAwait(false);
        }
        catch (Exception error) when (error is StoreException or ArgumentException or ObjectDisposedException)
        {
            _log.LogWarning("That supervisor {Supervisor} is back could not be kept, and follows all the same: {Problem}", supervisor, error.Message);
        }
    }

    private HostOrder ChunkOf(string supervisor, HostMessage.Fetch fetch)
    {
        try
        {
            if (!UploadId.TryParse(fetch.Upload, out var id) || !HasWorkerOf(supervisor, fetch.Upload)) return new HostOrder.NoChunk(fetch.Upload, "No worker of this supervisor runs it.");
            var (bytes, length) = _uploads.ReadZip(id, fetch.Offset, ChunkBytes);
            return new HostOrder.Chunk(fetch.Upload, fetch.Offset, length, bytes);
        }
        catch (UploadException error)
        {
            return new HostOrder.NoChunk(fetch.Upload, error.Message);
        }
    }

    private bool HasWorkerOf(string supervisor, string upload) =>
        _master.State.Topologies.Values.Any(topology => topology.Entry.Spec.Upload == upload && topology.Workers.Values.Any(worker => worker.Entry.Host == supervisor));

    private static ImmutableArray<WorkerKey> KeysOf(ImmutableArray<HostedWorker> workers) => [.. workers.Select(worker => worker.Worker)];

    private static DateTimeOffset TimeOf(long ticks) =>
        ticks >= 0 && ticks <= DateTimeOffset.MaxValue.Ticks ? new DateTimeOffset(ticks, TimeSpan.Zero) : throw new MessagePackSerializationException($"{ticks} is no time.");
}
