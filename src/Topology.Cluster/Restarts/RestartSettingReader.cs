using System.Globalization;

namespace Topology.Cluster;

/// <summary>Reads settings within their ranges and gathers what is wrong with them.</summary>
internal sealed class RestartSettingReader(IReadOnlyDictionary<string, string> settings, List<string> errors)
{
    public TimeSpan Duration(string name, string otherwise, TimeSpan least, TimeSpan most)
    {
        _ = SettingText.TryDuration(otherwise, out var value);
        if (settings.TryGetValue(name, out var text) && (!SettingText.TryDuration(text, out value) || value == Timeout.InfiniteTimeSpan))
            Unreadable(name, text, $"a duration from {SettingText.Format(least)} to {SettingText.Format(most)}");
        else if (value < least || value > most)
            Unreadable(name, SettingText.Format(value), $"a duration from {SettingText.Format(least)} to {SettingText.Format(most)}");
        return value;
    }

    public int Count(string name, int otherwise, int most)
    {
        if (!settings.TryGetValue(name, out var text)) return otherwise;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value <= most) return value;
        Unreadable(name, text, string.Create(CultureInfo.InvariantCulture, $"a whole number from 0 to {most:N0}"));
        return otherwise;
    }

    public double Share(string name, double otherwise)
    {
        if (!settings.TryGetValue(name, out var text)) return otherwise;
        if (double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) && value <= 1) return value;
        Unreadable(name, text, "a share from 0 to 1 such as 0.2");
        return otherwise;
    }

    private void Unreadable(string name, string text, string expected) => errors.Add(SettingText.Unreadable(name, text, expected).Message);
}
