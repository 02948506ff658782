using System.Collections.Immutable;

namespace Topology.Cluster;

/// <summary>Deals a topology's workers to hosts: evenly, within their slots, moving as little as possible. The same input gives the same deal.</summary>
internal static class HostAssigner
{
    /// <param name="hosts">What may be used.</param>
    /// <param name="before">Where each worker is now, by number; null for one that is nowhere.</param>
    /// <param name="spread">Whether workers also leave hosts that have more than their even share; otherwise only those move whose host may not be used.</param>
    /// <returns>Where each worker is to be; null where there is no slot left.</returns>
    public static ImmutableArray<string?> Assign(IReadOnlyList<HostSlots> hosts, ImmutableArray<string?> before, bool spread)
    {
        var most = spread ? Shares(hosts, before) : hosts.ToDictionary(h => h.Host, h => h.Slots);
        var used = hosts.ToDictionary(h => h.Host, _ => 0);
        var places = before.Select(host => host is not null && used.TryGetValue(host, out var count) && count < most[host] && ++used[host] > 0 ? host : null).ToArray();
        for (var worker = 0; worker < places.Length; worker++)
        {
            if (places[worker] is not null || Emptiest(hosts, used, used) is not { } host) continue;
            places[worker] = host;
            used[host]++;
        }

        return [.. places];
    }

    /// <summary>How many workers each host has when they are spread: dealt one at a time to the host with the fewest, of equal ones to those that have more of them now.</summary>
    private static Dictionary<string, int> Shares(IReadOnlyList<HostSlots> hosts, ImmutableArray<string?> before)
    {
        var shares = hosts.ToDictionary(h => h.Host, _ => 0);
        var present = hosts.ToDictionary(h => h.Host, h => -before.Count(place => place == h.Host));
        for (var i = 0; i < before.Length && Emptiest(hosts, shares, present) is { } host; i++) shares[host]++;
        return shares;
    }

    private static string? Emptiest(IReadOnlyList<HostSlots> hosts, Dictionary<string, int> used, Dictionary<string, int> preferLow) =>
        hosts.Where(h => used[h.Host] < h.Slots)
            .OrderBy(h => used[h.Host]).ThenBy(h => preferLow[h.Host]).ThenByDescending(h => h.Slots).ThenBy(h => h.Host, StringComparer.Ordinal)
            .FirstOrDefault()?.Host;
}
