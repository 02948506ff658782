using System.Globalization;

namespace Topology.Cli;

/// <summary>Numbers as people read them.</summary>
internal static class Figures
{
    private static readonly string[] Thousands = ["", "k", "M", "G", "T", "P", "E"];
    private static readonly string[] BinaryUnits = ["B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"];

    /// <summary>All digits, in groups of three.</summary>
    public static string Exact(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>Three digits and a unit: <c>999</c>, <c>12.3k</c>, <c>1.23M</c>; at most five characters.</summary>
    public static string Short(double number)
    {
        if (!double.IsFinite(number)) return "-";
        if (Math.Abs(number) < 9.95) return number.ToString("0.#", CultureInfo.InvariantCulture);
        var unit = 0;
        for (; Math.Abs(number) >= 999.5 && unit < Thousands.Length - 1; unit++) number /= 1000;
        return ThreeDigits(number, unit > 0) + Thousands[unit];
    }

    /// <summary>A latency, from microseconds: <c>850ns</c>, <c>12.3µs</c>, <c>4.56ms</c>, <c>1.2s</c>; a dash for none.</summary>
    public static string Latency(double microseconds) => microseconds switch
    {
        <= 0 => "-",
        < 0.9995 => ThreeDigits(microseconds * 1000, false) + "ns",
        < 999.5 => ThreeDigits(microseconds, true) + "µs",
        < 999_500 => ThreeDigits(microseconds / 1000, true) + "ms",
        _ => ThreeDigits(microseconds / 1_000_000, true) + "s",
    };

    /// <summary>How long something took: <c>0.42 s</c>, <c>12.3 s</c>, <c>1:02:03</c>.</summary>
    public static string Duration(TimeSpan time) => time.TotalMinutes < 2
        ? ThreeDigits(time.TotalSeconds, true) + " s"
        : time.ToString(time.TotalHours < 1 ? @"m\:ss" : time.TotalDays < 1 ? @"h\:mm\:ss" : @"d\.hh\:mm\:ss", CultureInfo.InvariantCulture);

    /// <summary>How long something has been, roughly: <c>12s</c>, <c>5m</c>, <c>3h</c>, <c>2d</c>.</summary>
    public static string Age(TimeSpan time) => time switch
    {
        { TotalSeconds: < 1 } => "0s",
        { TotalMinutes: < 2 } => string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalSeconds}s"),
        { TotalHours: < 2 } => string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalMinutes}m"),
        { TotalDays: < 2 } => string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalHours}h"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalDays}d"),
    };

    /// <summary>A part of one, from 0 to 1: <c>87%</c>.</summary>
    public static string Share(double part) => (part * 100).ToString("0", CultureInfo.InvariantCulture) + "%";

    /// <summary>Bytes in binary units: <c>900 B</c>, <c>1.5 KiB</c>, <c>200 MiB</c>.</summary>
    public static string Bytes(long bytes)
    {
        double number = bytes;
        var unit = 0;
        for (; number >= 999.5 && unit < BinaryUnits.Length - 1; unit++) number /= 1024;
        return $"{ThreeDigits(number, unit > 0)} {BinaryUnits[unit]}";
    }

    private static string ThreeDigits(double number, bool fraction)
    {
        var format = !fraction ? "0" : Math.Abs(number) switch { < 9.995 => "0.##", < 99.95 => "0.#", _ => "0" };
        return number.ToString(format, CultureInfo.InvariantCulture);
    }
}
