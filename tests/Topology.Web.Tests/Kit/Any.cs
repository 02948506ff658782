using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.Logging;
using Topology.Cluster;

namespace Topology.Web.Tests;

/// <summary>Anything that crosses the wire, with texts of every kind.</summary>
internal static class Any
{
    // Half a surrogate pair is no text that can be sent, nor one that is kept.
    public static Gen<string> Text { get; } = from texts in Gen.Elements("", "a", "wörter", "☃", "😀", "\"", "\\", "\n", "\t", "<b>", "'", "&", "\0", "\u2028", "}", ",").ArrayOf() select string.Concat(texts);

    public static Gen<TopologySummary> Summary { get; } =
        from texts in Text.ArrayOf(3)
        from reason in OrNull(Text)
        from at in Time
        from ended in OrNone(Time)
        from numbers in Gen.Choose(0, int.MaxValue).ArrayOf(3)
        from counts in Count.ArrayOf(2)
        select new TopologySummary(texts[0], texts[1], texts[2], reason, at, ended, numbers[0], numbers[1], numbers[2], counts[0], counts[1]);

    public static Gen<TopologyDescription> Description { get; } =
        from summary in Summary
        from firstAck in OrNone(Time)
        from generation in Count
        from components in Component.ListOf()
        from workers in Worker.ListOf()
        from links in Link.ListOf()
        select new TopologyDescription(summary.Name, summary.Id, summary.State, summary.Reason, summary.SubmittedAt, firstAck, summary.CompletedAt, generation, [.. components], [.. workers], [.. links]);

    public static Gen<ErrorRecord> Error { get; } =
        from texts in Text.ArrayOf(4)
        from task in Gen.Choose(0, 100)
        from first in Time
        from last in Time
        from count in Count
        select new ErrorRecord(texts[0], texts[1], task, texts[2], texts[3], first, last, count);

    public static Gen<SupervisorDescription> Supervisor { get; } =
        from id in Text
        from numbers in Gen.Choose(0, 100).Two()
        from heard in Time
        from host in Text
        from flags in Gen.Elements(true, false).Two()
        select new SupervisorDescription(id, numbers.Item1, numbers.Item2, heard, flags.Item1) { Host = host, IsAway = flags.Item2 };

    public static Gen<LogLine> Line { get; } =
        from at in Time
        from level in OrNone(Gen.Elements(Enum.GetValues<LogLevel>()))
        from texts in Text.ArrayOf(3)
        from task in Gen.Choose(0, 100)
        select new LogLine(at, level, texts[0], task, texts[1]) { Log = texts[2] };

    public static Gen<SubmitRequest> Submit { get; } =
        from digits in Gen.Elements("0123456789abcdef".ToCharArray()).ArrayOf(64)
        from names in OrNull(Text).Two()
        from workers in OrNone(Gen.Choose(int.MinValue, int.MaxValue))
        from settings in Gen.Zip(Text, Text).ListOf()
        from isActive in Gen.Elements(true, false)
        select new SubmitRequest(UploadId.Parse(new string(digits)))
        {
            Class = names.Item1,
            Name = names.Item2,
            Workers = workers,
            Settings = settings.DistinctBy(setting => setting.Item1).ToImmutableSortedDictionary(setting => setting.Item1, setting => setting.Item2),
            IsActive = isActive,
        };

    public static Gen<LogQuery> Query { get; } =
        from logs in OrNull(Text.Where(text => text.Length > 0).ListOf().Select(list => (IReadOnlyList<string>?)list))
        from since in OrNone(Time)
        from least in OrNone(Gen.Elements(Enum.GetValues<LogLevel>()))
        from component in OrNull(Text)
        from task in OrNone(Gen.Choose(-5, 100))
        from follow in Gen.Elements(true, false)
        select new LogQuery { Logs = logs, Since = since, Least = least, Component = component, Task = task, Follow = follow };

    private static Gen<DateTimeOffset> Time => from days in Gen.Choose(0, 20_000) from ticks in Gen.Choose(0, int.MaxValue) select DateTimeOffset.UnixEpoch.AddDays(days).AddTicks(ticks * 401L);

    private static Gen<long> Count => from high in Gen.Choose(0, int.MaxValue) from low in Gen.Choose(0, int.MaxValue) select ((long)high << 32) | (uint)low;

    private static Gen<double> Number => Gen.OneOf(Gen.Elements(0, 1, 0.1, double.NaN, double.PositiveInfinity, double.MaxValue, double.Epsilon), from n in Gen.Choose(0, int.MaxValue) select Math.Sqrt(n));

    private static Gen<ComponentDescription> Component =>
        from texts in Text.ArrayOf(2)
        from numbers in Gen.Choose(0, 1000).Two()
        from counts in Count.ArrayOf(6)
        from measures in Number.ArrayOf(5)
        from reasons in Gen.Zip(Text, Count).ListOf()
        select new ComponentDescription(texts[0], texts[1], numbers.Item1, numbers.Item2)
        {
            Emitted = counts[0],
            Transferred = counts[1],
            Executed = counts[2],
            Acked = counts[3],
            Failed = counts[4],
            FailedByReason = reasons.DistinctBy(reason => reason.Item1).ToImmutableSortedDictionary(reason => reason.Item1, reason => reason.Item2),
            ExecuteP50Us = measures[0],
            ExecuteP99Us = measures[1],
            CompleteP50Us = measures[2],
            CompleteP99Us = measures[3],
            Capacity = measures[4],
            QueueDepth = counts[5],
        };

    private static Gen<WorkerDescription> Worker =>
        from number in Gen.Choose(0, 100)
        from pid in OrNone(Gen.Choose(1, int.MaxValue))
        from host in Text
        from endpoint in OrNull(Text)
        from restarts in Gen.Choose(0, 100)
        from rss in Count
        from uptime in Number
        select new WorkerDescription(number, pid, host, endpoint, restarts, rss, uptime);

    private static Gen<LinkDescription> Link =>
        from ends in Gen.Choose(0, 100).Two()
        from counts in Count.ArrayOf(3)
        select new LinkDescription(ends.Item1, ends.Item2, counts[0], counts[1], counts[2]);

    private static Gen<T?> OrNull<T>(Gen<T> some)
        where T : class? => Gen.OneOf(Gen.Constant<T?>(null), some.Select(value => (T?)value));

    private static Gen<T?> OrNone<T>(Gen<T> some)
        where T : struct => Gen.OneOf(Gen.Constant<T?>(null), some.Select(value => (T?)value));
}
