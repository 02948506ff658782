using Topology.Messaging;

namespace Topology.Cluster;

/// <summary>Joins a cluster: shows the daemon a token, has it know this supervisor's own key from then on, and keeps on disk what was agreed. The key is on disk before it is shown, so that one whose answer is lost asks again with the same.</summary>
public sealed class JoinAttempt : IDisposable
{
    /// <summary>How often it asks; an answer may be lost.</summary>
    private static readonly TimeSpan AskEvery = TimeSpan.FromMilliseconds(200);

    /// <summary>How long a daemon that refuses the token's key is asked again, since it may just have been started.</summary>
    private static readonly TimeSpan RefusedFor = TimeSpan.FromSeconds(1);

    private readonly JoinToken _token;
    private readonly NetMQCertificate _tokenKeys;
    private readonly ControlDealer _dealer;
    private readonly TaskCompletionSource<HostOrder> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private JoinAttempt(JoinToken token)
    {
        _token = token;
        _tokenKeys = NetMQCertificate.CreateFromSecretKey(token.Secret);
        _dealer = new ControlDealer(token.Endpoint, new ControlKeys(_tokenKeys, token.DaemonKey), frame => _answer.TrySetResult(HostOrderCodec.Read(frame)));
    }

    /// <summary>Joins.</summary>
    /// <param name="directory">The supervisor's data directory, which this process holds.</param>
    /// <param name="token">What it joins with.</param>
    /// <param name="name">What it would like to be called; another with that name keeps it.</param>
    /// <param name="slots">How many workers it can keep.</param>
    /// <param name="limit">How long the daemon may take to answer.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    /// <exception cref="JoinException">By the task: it did not, and why.</exception>
    /// <exception cref="TopologyException">By the task: what is in the data directory cannot be used, or there is no libzmq.</exception>
    public static async Task<Membership> JoinAsync(DataDirectory directory, JoinToken token, string name, int slots, TimeSpan limit, TimeProvider time, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(directory);
        ArgumentNullException.ThrowIfNull(token);
        ArgumentNullException.ThrowIfNull(time);
        ZmqLibrary.Require();
        var daemonKey = Convert.ToHexStringLower(token.DaemonKey.Span);
        if (Membership.Read(directory.FullPath) is { } before && before.DaemonKey != daemonKey)
            throw new JoinException(JoinProblem.OtherCluster, $"The data directory {directory.FullPath} belongs to supervisor {before.Supervisor} of the daemon at {before.Endpoint}, and the token is of another.");
        using var own = SecretKeyFile.ReadOrCreate(Membership.KeyIn(directory.FullPath));
        using var attempt = new JoinAttempt(token);
        var join = new HostMessage.Join(Convert.ToHexStringLower(own.PublicKey), name, Environment.MachineName, slots);
        var joined = await attempt.RunAsync(join, limit, time, cancellation).ConfigureAwait(false);
        var membership = new Membership(joined.Cluster, joined.Supervisor, token.Endpoint, daemonKey, joined.Lease.Lease, joined.Lease.KillBefore, joined.Lease.WorkerGrace);
        membership.Write(directory);
        return membership;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _dealer.Dispose();
        _tokenKeys.Dispose();
    }

    private async Task<HostOrder.Joined> RunAsync(HostMessage.Join join, TimeSpan limit, TimeProvider time, CancellationToken cancellation)
    {
        var (began, refusedAt, message) = (time.GetTimestamp(), (long?)null, HostMessageCodec.Write(join));
        while (!_answer.Task.IsCompleted)
        {
            _dealer.Send(message);
            await Task.WhenAny(_answer.Task, Task.Delay(AskEvery, time, cancellation)).ConfigureAwait(false);
            cancellation.ThrowIfCancellationRequested();
            if (_dealer.Reach == ControlReach.Refused) refusedAt ??= time.GetTimestamp();
            if (refusedAt is { } since && time.GetElapsedTime(since) > RefusedFor || time.GetElapsedTime(began) > limit) break;
        }

        if (!_answer.Task.IsCompleted) throw Unanswered(refusedAt is not null);
        return await _answer.Task.ConfigureAwait(false) switch
        {
            HostOrder.Joined joined => joined,
            HostOrder.Refused { Reason: JoinRefusal.Used } refused => throw new JoinException(JoinProblem.UsedToken, $"The token was used before, and each is good for one supervisor. {refused.Detail}"),
            HostOrder.Refused { Reason: JoinRefusal.Expired } refused => throw new JoinException(JoinProblem.ExpiredToken, $"The token has expired. {refused.Detail}"),
            HostOrder.Refused refused => throw new JoinException(JoinProblem.NotKept, $"The daemon at {_token.Endpoint} does not take this supervisor in: {refused.Detail}"),
            _ => throw new JoinException(JoinProblem.NotKept, $"The daemon at {_token.Endpoint} gave an answer to another question."),
        };
    }

    private JoinException Unanswered(bool isRefused) => (isRefused, _dealer.Reach) switch
    {
        (true, _) => new(JoinProblem.UnknownToken, $"The daemon at {_token.Endpoint} does not know the token: it was made long ago, or is no token of this daemon."),
        (_, ControlReach.Somebody) => new(JoinProblem.WrongDaemon, $"What answers at {_token.Endpoint} is not the daemon that the token is of: it has another key."),
        (_, ControlReach.Daemon) => new(JoinProblem.NotKept, $"The daemon at {_token.Endpoint} did not answer in time."),
        _ => new(JoinProblem.Unreachable, $"No daemon answers at {_token.Endpoint}."),
    };
}
