using System.Collections.Immutable;
using System.Globalization;

namespace Topology.Cluster;

/// <summary>
/// The settings that choose how a topology is started again after the loss of a worker or a link. They are the cluster's: whoever submits a topology takes them out of its settings before it is built,
/// since <c>Build</c> does not know them.
/// </summary>
public static class RestartSettings
{
    /// <summary>What all their names begin with.</summary>
    public const string Prefix = "restart.";

    /// <summary><c>exponential</c> (the default), <c>fixed-delay</c>, <c>failure-rate</c> or <c>none</c>.</summary>
    public const string Strategy = Prefix + "strategy";

    /// <summary>A duration up to 1 h. Exponential: the delay of the second restart, the first being at once; default 100 ms. Fixed delay and failure rate: that of each; default 1 s.</summary>
    public const string Delay = Prefix + "delay";

    /// <summary>Exponential: a duration from the delay up to 1 h, past which delays do not double; default 5 s.</summary>
    public const string MaxDelay = Prefix + "max-delay";

    /// <summary>Exponential: the share of a delay by which it varies to both sides, from 0 to 1; default 0.2.</summary>
    public const string Jitter = Prefix + "jitter";

    /// <summary>Exponential and fixed delay: how many restarts there may be without an acked tuple or a committed position; at least 0, default 20.</summary>
    public const string Limit = Prefix + "limit";

    /// <summary>Failure rate: how many failures are forgiven within the interval; 0 to 1,000, default 3.</summary>
    public const string MaxFailures = Prefix + "max-failures";

    /// <summary>Failure rate: a duration from 1 ms to 24 days; default 5 min.</summary>
    public const string Interval = Prefix + "interval";

    private static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    /// <summary>Which settings belong to which strategy.</summary>
    private static readonly ImmutableSortedDictionary<string, string[]> Names = new Dictionary<string, string[]>
    {
        ["exponential"] = [Delay, MaxDelay, Jitter, Limit],
        ["fixed-delay"] = [Delay, Limit],
        ["failure-rate"] = [Delay, MaxFailures, Interval],
        ["none"] = [],
    }.ToImmutableSortedDictionary(StringComparer.Ordinal);

    /// <summary>Everything that is wrong with the settings whose names begin with <see cref="Prefix"/>, one line each; others are not looked at.</summary>
    public static ImmutableArray<string> Check(IReadOnlyDictionary<string, string> settings)
    {
        _ = Read(settings, out var errors);
        return [.. errors];
    }

    /// <exception cref="InvalidTopologyException">A setting is unknown, unreadable or out of its range; every error is listed.</exception>
    internal static RestartStrategy Parse(IReadOnlyDictionary<string, string> settings)
    {
        var strategy = Read(settings, out var errors);
        return errors.Count == 0 ? strategy : throw new InvalidTopologyException(errors);
    }

    private static RestartStrategy Read(IReadOnlyDictionary<string, string> settings, out List<string> errors)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var reader = new RestartSettingReader(settings, errors = []);
        var name = settings.GetValueOrDefault(Strategy, "exponential");
        if (!Names.TryGetValue(name, out var belonging))
        {
            errors.Add($"Setting '{Strategy}' is '{name}', but should be one of {string.Join(", ", Names.Keys)}: {Spelling.Hint(name, Names.Keys, "there are")}");
            return new NoRestart();
        }

        CheckNames(settings, name, belonging, errors);
        return Make(name, reader);
    }

    private static RestartStrategy Make(string name, RestartSettingReader reader) => name switch
    {
        "exponential" => Exponential(reader),
        "fixed-delay" => new FixedDelayRestart(reader.Duration(Delay, "1s", TimeSpan.Zero, Longest), reader.Count(Limit, 20, int.MaxValue)),
        "failure-rate" => new FailureRateRestart(
            reader.Count(MaxFailures, 3, 1000),
            reader.Duration(Interval, "5m", TimeSpan.FromMilliseconds(1), EngineSettings.Longest),
            reader.Duration(Delay, "1s", TimeSpan.Zero, Longest)),
        _ => new NoRestart(),
    };

    private static ExponentialRestart Exponential(RestartSettingReader reader)
    {
        var delay = reader.Duration(Delay, "100ms", TimeSpan.FromMilliseconds(1), Longest);
        var longest = reader.Duration(MaxDelay, "5s", delay, Longest);
        return new ExponentialRestart(delay, longest, reader.Share(Jitter, 0.2), reader.Count(Limit, 20, int.MaxValue));
    }

    private static void CheckNames(IReadOnlyDictionary<string, string> settings, string strategy, string[] belonging, List<string> errors)
    {
        var known = Names.Values.SelectMany(names => names).Append(Strategy).ToHashSet(StringComparer.Ordinal);
        foreach (var name in settings.Keys.Where(n => n.StartsWith(Prefix, StringComparison.Ordinal) && n != Strategy && !belonging.Contains(n)).Order(StringComparer.Ordinal))
        {
            errors.Add(known.Contains(name)
                ? $"Setting '{name}' has no meaning for the restart strategy {strategy}: it belongs to {string.Join(" and ", Names.Where(n => n.Value.Contains(name)).Select(n => n.Key))}."
                : string.Create(CultureInfo.InvariantCulture, $"There is no setting '{name}': {Spelling.Hint(name, known, "those of restarts are")}"));
        }
    }
}
