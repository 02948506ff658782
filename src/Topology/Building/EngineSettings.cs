using System.Collections.Immutable;
using System.Globalization;

namespace Topology;

/// <summary>The one table of the engine's options as settings: names, ranges, and how texts are read.</summary>
internal static class EngineSettings
{
    /// <summary>What the names of all begin with; no other setting's name may.</summary>
    public const string Prefix = "topology.";

    /// <summary>The longest time that is no <c>none</c>: what 31 bits of milliseconds hold, in whole days.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(24);

    private static readonly TimeSpan Millisecond = TimeSpan.FromMilliseconds(1);

    public static ImmutableArray<EngineSetting> All { get; } =
    [
        DeliverySetting(),
        Count("ackers", nameof(TopologyOptions.Ackers), 0, 1024, o => o.Ackers, (o, v) => o with { Ackers = v }),
        Count("max-spout-pending", nameof(TopologyOptions.MaxSpoutPending), 1, TopologyOptions.LargestSpoutPending, o => o.MaxSpoutPending, (o, v) => o with { MaxSpoutPending = v }),
        Duration("message-timeout", nameof(TopologyOptions.MessageTimeout), TimeSpan.FromMilliseconds(10), true, o => o.MessageTimeout, (o, v) => o with { MessageTimeout = v }),
        Count("workers", nameof(TopologyOptions.Workers), 1, 64, o => o.Workers, (o, v) => o with { Workers = v }),
        Count("event-loops", nameof(TopologyOptions.EventLoops), 0, 64, o => o.EventLoops, (o, v) => o with { EventLoops = v }),
        Count("outbox-limit", nameof(TopologyOptions.OutboxLimit), 1, int.MaxValue, o => o.OutboxLimit, (o, v) => o with { OutboxLimit = v }),
        Count("feedback-limit", nameof(TopologyOptions.FeedbackLimit), 1, int.MaxValue, o => o.FeedbackLimit, (o, v) => o with { FeedbackLimit = v }),
        Count("max-value", nameof(TopologyOptions.MaxValueBytes), 16, 1 << 30, o => o.MaxValueBytes, (o, v) => o with { MaxValueBytes = v }),
        Count("channel-capacity", nameof(TopologyOptions.ChannelCapacity), 0, 1 << 24, o => o.ChannelCapacity, (o, v) => o with { ChannelCapacity = v }),
        Duration("blocked-after", nameof(TopologyOptions.BlockedAfter), Millisecond, true, o => o.BlockedAfter, (o, v) => o with { BlockedAfter = v }),
        Duration("drain-timeout", nameof(TopologyOptions.DrainTimeout), TimeSpan.Zero, true, o => o.DrainTimeout, (o, v) => o with { DrainTimeout = v }),
        Count("max-error-reports", nameof(TopologyOptions.MaxErrorReports), 0, int.MaxValue, o => o.MaxErrorReports, (o, v) => o with { MaxErrorReports = v }),
        Duration("error-interval", nameof(TopologyOptions.ErrorInterval), Millisecond, false, o => o.ErrorInterval, (o, v) => o with { ErrorInterval = v }),
        Duration("position-interval", nameof(TopologyOptions.PositionInterval), Millisecond, false, o => o.PositionInterval, (o, v) => o with { PositionInterval = v }),
    ];

    /// <summary>The options with the settings that name one applied; texts that cannot be read become errors and change nothing.</summary>
    public static TopologyOptions Apply(TopologyOptions options, Settings settings, List<string> errors)
    {
        foreach (var setting in All)
        {
            if (settings.Peek(setting.Name) is not { } text) continue;
            if (setting.Parse(options, text) is { } applied) options = applied;
            else errors.Add(SettingText.Unreadable(setting.Name, text, setting.Expected).Message);
        }

        return options;
    }

    /// <summary>Adds an error for each option that is out of its range, whether code or a setting put it there.</summary>
    public static void CheckRanges(TopologyOptions options, Settings settings, List<string> errors)
    {
        foreach (var setting in All)
        {
            if (setting.IsInRange(options)) continue;
            var what = settings.Peek(setting.Name) is null ? $"Option {setting.Option}" : $"Setting '{setting.Name}'";
            errors.Add($"{what} is '{setting.Format(options)}', but should be {setting.Expected}.");
        }
    }

    private static EngineSetting DeliverySetting() => new(
        Prefix + "delivery",
        nameof(TopologyOptions.Delivery),
        "at-most-once or at-least-once",
        o => o.Delivery switch { Delivery.AtMostOnce => "at-most-once", Delivery.AtLeastOnce => "at-least-once", var other => other.ToString() },
        (o, text) => text switch
        {
            "at-most-once" => o with { Delivery = Delivery.AtMostOnce },
            "at-least-once" => o with { Delivery = Delivery.AtLeastOnce },
            _ => null,
        },
        o => Enum.IsDefined(o.Delivery));

    private static EngineSetting Count(
        string name, string option, int least, int most, Func<TopologyOptions, int> get, Func<TopologyOptions, int, TopologyOptions> with) => new(
        Prefix + name,
        option,
        string.Create(CultureInfo.InvariantCulture, $"a whole number from {least:N0} to {most:N0}"),
        o => get(o).ToString(CultureInfo.InvariantCulture),
        (o, text) => int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) ? with(o, value) : null,
        o => get(o) >= least && get(o) <= most);

    private static EngineSetting Duration(
        string name, string option, TimeSpan least, bool canBeNone, Func<TopologyOptions, TimeSpan> get, Func<TopologyOptions, TimeSpan, TopologyOptions> with) => new(
        Prefix + name,
        option,
        $"a duration from {SettingText.Format(least)} to {SettingText.Format(Longest)}{(canBeNone ? ", or none" : "")}",
        o => SettingText.Format(get(o)),
        (o, text) => SettingText.TryDuration(text, out var value) ? with(o, value) : null,
        o => get(o) == Timeout.InfiniteTimeSpan ? canBeNone : get(o) >= least && get(o) <= Longest);
}
