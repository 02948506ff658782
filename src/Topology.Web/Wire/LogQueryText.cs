using System.Globalization;
using System.Text;
using Microsoft.Extensions.Logging;
using Topology.Cluster;

namespace Topology.Web;

/// <summary>A query of logs as the query of a URL. The clock and the rhythm of a follow are the daemon's own.</summary>
internal static class LogQueryText
{
    private const string Log = "log";
    private const string Since = "since";
    private const string Level = "level";
    private const string Component = "component";
    private const string Task = "task";
    private const string Follow = "follow";

    /// <summary>The query, with its question mark; empty for all lines.</summary>
    public static string Write(LogQuery query)
    {
        var text = new StringBuilder();
        // No logs at all are said by one without a name.
        foreach (var log in query.Logs is { Count: 0 } ? [""] : query.Logs ?? []) Add(Log, log);
        if (query.Since is { } since) Add(Since, since.UtcDateTime.ToString("O", CultureInfo.InvariantCulture));
        if (query.Least is { } least) Add(Level, least.ToString().ToLowerInvariant());
        if (query.Component is { } component) Add(Component, component);
        if (query.Task is { } task) Add(Task, task.ToString(CultureInfo.InvariantCulture));
        if (query.Follow) Add(Follow, "true");
        return text.ToString();

        void Add(string name, string value) => text.Append(text.Length == 0 ? '?' : '&').Append(name).Append('=').Append(Uri.EscapeDataString(value));
    }

    /// <summary>Reads a query.</summary>
    /// <param name="parameters">Its names and values, in any order. Each is said once at most, but for <c>log</c>.</param>
    /// <exception cref="ApiException">One is unknown, or its value is no such thing.</exception>
    public static LogQuery Read(IEnumerable<KeyValuePair<string, string>> parameters)
    {
        var query = new LogQuery();
        var said = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (name, value) in parameters)
        {
            if (name != Log && !said.Add(name)) throw Refused($"'{name}' is said twice.");
            query = name switch
            {
                Log => query with { Logs = value.Length == 0 ? query.Logs ?? [] : [.. query.Logs ?? [], value] },
                Since => query with { Since = TimeOf(value) },
                Level => query with { Least = LevelOf(value) },
                Component => query with { Component = value },
                Task => query with { Task = TaskOf(value) },
                Follow => query with { Follow = FlagOf(value) },
                _ => throw Refused($"There is no '{name}' in a query of logs."),
            };
        }

        return query;
    }

    private static DateTimeOffset TimeOf(string text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time)
            ? time
            : throw Refused($"'{Since}' is no time.");

    private static LogLevel LevelOf(string text) =>
        Enum.TryParse<LogLevel>(text, ignoreCase: true, out var level) && char.IsLetter(text[0]) ? level : throw Refused($"'{Level}' is no level.");

    private static int TaskOf(string text) => int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var task) ? task : throw Refused($"'{Task}' is no number of a task.");

    private static bool FlagOf(string text) => text switch
    {
        "" or "true" => true,
        "false" => false,
        _ => throw Refused($"'{Follow}' is true or false."),
    };

    private static ApiException Refused(string what) => new(
        ProblemKind.Invalid,
        what,
        $"Known are {Since} (such as 2026-01-31T08:00:00Z), {Level} (trace, debug, information, warning, error, critical), {Component}, {Task}, {Follow} (true or false) and {Log}.");
}
