using System.Collections.Immutable;
using System.Globalization;
using Topology.Messaging;

namespace Topology.Cluster;

/// <summary>Makes join tokens, and lets each be used once, by one supervisor, in its time. What was answered is on disk.</summary>
/// <param name="store">Where the daemon keeps what has to survive.</param>
/// <param name="lease">The times that who joins is told.</param>
/// <param name="time">The clock.</param>
/// <param name="isLed">Whether the master still counts on a supervisor of a name: one that was forgotten has it until its lease ends.</param>
internal sealed class JoinTokens(IClusterStore store, LeaseTimes lease, TimeProvider time, Func<string, bool> isLed)
{
    /// <summary>How long one may join with a token.</summary>
    public static readonly TimeSpan Life = TimeSpan.FromHours(1);

    /// <summary>How long it is known beyond that, to say of it that it was used or has expired.</summary>
    public static readonly TimeSpan Memory = TimeSpan.FromDays(1);

    private const int LongestName = 60;

    /// <summary>Those that are known.</summary>
    public ImmutableArray<JoinTokenRecord> Known => store.Read(reader => reader.JoinTokens());

    /// <summary>Makes a token. What is kept of it is its public key.</summary>
    /// <param name="endpoint">Where the daemon listens.</param>
    /// <param name="daemonKey">Its public key, 32 bytes.</param>
    public async Task<(JoinToken Token, JoinTokenRecord Record)> MakeAsync(string endpoint, ReadOnlyMemory<byte> daemonKey)
    {
        using var keys = new NetMQCertificate();
        var record = new JoinTokenRecord(Convert.ToHexStringLower(keys.PublicKey), time.GetUtcNow() + Life, null);
        var token = new JoinToken(endpoint, daemonKey.Span, keys.SecretKey);
        await store.WriteAsync(writer => writer.PutJoinToken(record)).ConfigureAwait(false);
        return (token, record);
    }

    /// <summary>Somebody who has shown that he has a token wants to join. Who asks again, since the answer was lost, gets the same answer.</summary>
    /// <param name="token">The token's public key.</param>
    /// <param name="join">Who.</param>
    /// <returns><see cref="HostOrder.Joined"/> or <see cref="HostOrder.Refused"/>.</returns>
    public async Task<HostOrder> UseAsync(string token, HostMessage.Join join)
    {
        try
        {
            return await store.WriteAsync(writer => Use(writer, token, join, time.GetUtcNow())).ConfigureAwait(false);
        }
        catch (Exception error) when (error is StoreException or ArgumentException)
        {
            return new HostOrder.Refused(JoinRefusal.NotKept, error.Message);
        }
    }

    /// <summary>Forgets tokens whose time is long over.</summary>
    /// <returns>Their public keys.</returns>
    public async Task<ImmutableArray<string>> ForgetAsync()
    {
        var before = time.GetUtcNow() - Memory;
        if (!Known.Any(token => token.ExpiresAt < before)) return [];
        return await store.WriteAsync(writer =>
        {
            ImmutableArray<string> old = [.. writer.JoinTokens().Where(token => token.ExpiresAt < before).Select(token => token.PublicKey)];
            foreach (var token in old) writer.RemoveJoinToken(token);
            return old;
        }).ConfigureAwait(false);
    }

    private HostOrder Use(IStoreWriter writer, string key, HostMessage.Join join, DateTimeOffset now)
    {
        var supervisors = writer.Supervisors();
        var publicKey = Convert.FromHexString(join.PublicKey);
        var known = supervisors.FirstOrDefault(supervisor => supervisor.PublicKey.Span.SequenceEqual(publicKey));
        if (writer.JoinTokens().FirstOrDefault(token => token.PublicKey == key) is not { } token) return new HostOrder.Refused(JoinRefusal.Expired, "It expired long ago.");
        if (token.UsedBy is { } used) return known?.Id == used ? Joined(used) : new HostOrder.Refused(JoinRefusal.Used, $"Supervisor {used} has joined with it.");
        if (now >= token.ExpiresAt) return new HostOrder.Refused(JoinRefusal.Expired, string.Create(CultureInfo.InvariantCulture, $"It was good until {token.ExpiresAt.UtcDateTime:yyyy-MM-dd HH:mm} UTC."));
        var id = known?.Id ?? FreeId(join.Name, supervisors);
        writer.PutSupervisor(new SupervisorRecord(id, join.Host, now, Math.Max(0, join.Slots), publicKey));
        writer.PutJoinToken(token with { UsedBy = id });
        return Joined(id);
    }

    private HostOrder.Joined Joined(string id) => new(id, store.ClusterId, lease);

    /// <summary>The name that is wished for, as far as it can be told apart and be part of a file's name; numbered where another has it.</summary>
    private string FreeId(string wish, ImmutableArray<SupervisorRecord> taken)
    {
        var plain = new string([.. wish.Where(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.').Take(LongestName)]).TrimStart('-', '.');
        if (plain.Length == 0) plain = "host";
        var names = taken.Select(supervisor => supervisor.Id).Append(Daemon.LocalHost).ToHashSet(StringComparer.Ordinal);
        for (var number = 2; ; number++)
        {
            var id = number == 2 && !names.Contains(plain) && !isLed(plain) ? plain : string.Create(CultureInfo.InvariantCulture, $"{plain}-{number}");
            if (!names.Contains(id) && !isLed(id)) return id;
        }
    }
}
