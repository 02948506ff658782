namespace Topology.Cli;

/// <summary>An option whose value is a time, written as durations in settings are.</summary>
internal static class DurationOption
{
    /// <param name="option">The option, for the message.</param>
    /// <param name="text">Its value; null where it is not given.</param>
    /// <returns>Null for no limit, or where it is not given.</returns>
    /// <exception cref="CommandException">It is no duration.</exception>
    public static TimeSpan? Read(string option, string? text)
    {
        if (text is null) return null;
        try
        {
            var time = Settings.From(new Dictionary<string, string> { ["time"] = text }).GetDuration("time");
            return time == Timeout.InfiniteTimeSpan ? null : time;
        }
        catch (SettingException exception)
        {
            throw new CommandException(ExitCode.Usage, $"{option} {text}: no duration", $"{option} 30s, or 500ms, 5m, 1h", exception);
        }
    }
}
