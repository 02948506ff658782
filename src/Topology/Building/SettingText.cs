using System.Globalization;

namespace Topology;

/// <summary>Reads and writes the texts of settings, in the invariant culture.</summary>
internal static class SettingText
{
    public const string DurationExpected = "a duration such as 250ms, 30s, 5m, 1h, 1d, 00:00:30 or none";

    private static readonly (string Suffix, long Ticks)[] Units =
    [
        // "ms" goes before "s" and "m", which it also ends with or begins with.
        ("ms", TimeSpan.TicksPerMillisecond),
        ("s", TimeSpan.TicksPerSecond),
        ("m", TimeSpan.TicksPerMinute),
        ("h", TimeSpan.TicksPerHour),
        ("d", TimeSpan.TicksPerDay),
    ];

    public static int ToInt32(string name, string text) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
            ? value
            : throw Unreadable(name, text, $"a whole number from {int.MinValue} to {int.MaxValue}");

    public static long ToInt64(string name, string text) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
            ? value
            : throw Unreadable(name, text, $"a whole number from {long.MinValue} to {long.MaxValue}");

    public static double ToDouble(string name, string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value)
            ? value
            : throw Unreadable(name, text, "a number such as 0.25 or 1e6");

    public static bool ToBoolean(string name, string text) =>
        bool.TryParse(text, out var value) ? value : throw Unreadable(name, text, "true or false");

    public static TimeSpan ToDuration(string name, string text) =>
        TryDuration(text, out var value) ? value : throw Unreadable(name, text, DurationExpected);

    public static bool TryDuration(string text, out TimeSpan duration)
    {
        duration = Timeout.InfiniteTimeSpan;
        if (text == "none") return true;
        duration = TimeSpan.Zero;
        if (text == "0") return true;
        // Without the colon "30" would be thirty days, which nobody means.
        if (text.Contains(':', StringComparison.Ordinal))
            return TimeSpan.TryParseExact(text, "c", CultureInfo.InvariantCulture, out duration) && duration >= TimeSpan.Zero;

        foreach (var (suffix, ticks) in Units)
        {
            if (text.EndsWith(suffix, StringComparison.Ordinal)) return TryScale(text.AsSpan(0, text.Length - suffix.Length), ticks, out duration);
        }

        return false;
    }

    /// <summary>The shortest text that reads back as the duration.</summary>
    public static string Format(TimeSpan duration)
    {
        if (duration == Timeout.InfiniteTimeSpan) return "none";
        if (duration == TimeSpan.Zero) return "0";
        for (var unit = Units.Length - 1; unit >= 0; unit--)
        {
            if (duration.Ticks % Units[unit].Ticks == 0) return $"{(duration.Ticks / Units[unit].Ticks).ToString(CultureInfo.InvariantCulture)}{Units[unit].Suffix}";
        }

        return duration.ToString("c", CultureInfo.InvariantCulture);
    }

    public static SettingException Unreadable(string name, string text, string expected) =>
        new($"Setting '{name}' is '{text}', but should be {expected}.");

    private static bool TryScale(ReadOnlySpan<char> number, long unit, out TimeSpan duration)
    {
        duration = default;
        if (!decimal.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var count)) return false;
        if (count > (decimal)long.MaxValue / unit) return false;
        duration = new TimeSpan((long)(count * unit));
        return true;
    }
}
