using System.Globalization;
using Microsoft.Extensions.Logging;
using Topology.Cluster;

namespace Topology.Cli;

/// <summary>Shows the logs of a topology's workers, merged.</summary>
internal static class LogsCommand
{
    private const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";
    private static readonly string[] LevelNames = ["trace", "debug", "info", "warn", "error", "fatal"];
    private static readonly string[] LongLevelNames = ["trace", "debug", "information", "warning", "error", "critical"];

    public static async Task<int> ExecuteAsync(LogsArguments arguments, CommandContext context)
    {
        if (arguments is { Follow: true, Output: AnswerFormat.Json })
            throw new CommandException(ExitCode.Usage, "--follow never ends the one document of -o json", "-o jsonl, which is a document for each line");
        var query = new LogQuery { Follow = arguments.Follow, Since = ReadSince(arguments.Since, context.Time), Least = ReadLevel(arguments.Level), Component = arguments.Component, Time = context.Time };
        var service = context.Connect(arguments);
        using var interruption = new Interruption(context.Console);
        try
        {
            var lines = await service.RequireAsync(arguments.Name, await service.LogsAsync(arguments.Name, query, interruption.Token).ConfigureAwait(false)).ConfigureAwait(false);
            await TellOfOthersAsync(arguments.Name, service, context, interruption.Token).ConfigureAwait(false);
            await WriteAsync(lines, arguments.Output, context.Console, interruption.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (interruption.Token.IsCancellationRequested)
        {
            // The way to end a follow.
        }

        return arguments.Follow || !interruption.Token.IsCancellationRequested ? ExitCode.Success : ExitCode.Interrupted;
    }

    private static async Task WriteAsync(IAsyncEnumerable<LogLine> lines, AnswerFormat format, IConsole console, CancellationToken cancellation)
    {
        List<LogLine> document = [];
        HashSet<string> names = [];
        await foreach (var line in lines.WithCancellation(cancellation).ConfigureAwait(false))
        {
            if (format == AnswerFormat.Json) document.Add(line);
            else if (format == AnswerFormat.Jsonl) Answer.WriteLine(line, console);
            else if (format == AnswerFormat.Table) Write(line, console.Out);
            else if (names.Add(line.Log)) console.Out.WriteLine(OneLine.Of(line.Log));
        }

        if (format == AnswerFormat.Json) Answer.Write(document, l => l.Log, () => { }, format, console);
    }

    /// <summary>Says which workers' logs are not among the lines, since they are on other hosts.</summary>
    private static async Task TellOfOthersAsync(string name, IClusterService service, CommandContext context, CancellationToken cancellation)
    {
        if (await service.DescribeAsync(name, cancellation).ConfigureAwait(false) is not { } topology) return;
        var others = (await service.SupervisorsAsync(cancellation).ConfigureAwait(false)).Where(s => !s.IsLocal).ToDictionary(s => s.Id, StringComparer.Ordinal);
        foreach (var host in topology.Workers.Where(w => others.ContainsKey(w.Host)).GroupBy(w => w.Host))
        {
            var workers = string.Join(", ", host.Select(w => w.Id.ToString(CultureInfo.InvariantCulture)));
            context.Lines.Write(OneLine.Of($"not shown: the logs of workers {workers}, which are on host {others[host.Key].Host} (supervisor {host.Key}), in logs/{topology.Id} of the data directory there"));
        }
    }

    private static void Write(LogLine line, TextWriter output)
    {
        var level = line.Level is { } known and <= LogLevel.Critical ? LevelNames[(int)known].ToUpperInvariant() : "-";
        var source = line.Task > 0 ? string.Create(CultureInfo.InvariantCulture, $"{line.Component}#{line.Task}") : line.Component;
        var head = $"{line.Time.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture)} {level,-5} {(source.Length == 0 ? "-" : source)} ";
        foreach (var text in line.Text.Split('\n'))
        {
            output.WriteLine(OneLine.Of(head + text.TrimEnd('\r')));
            head = "    ";
        }
    }

    private static DateTimeOffset? ReadSince(string? text, TimeProvider time)
    {
        if (text is null) return null;
        if (text.Contains(':') && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at)) return at;
        return time.GetUtcNow() - DurationOption.Read("--since", text);
    }

    private static LogLevel? ReadLevel(string? text)
    {
        if (text is null) return null;
        var level = Math.Max(Index(LevelNames, text), Index(LongLevelNames, text));
        if (level >= 0) return (LogLevel)level;
        throw new CommandException(ExitCode.Usage, $"--level {text}: no level{Suggestion.For(text, LevelNames)}", $"--level {string.Join(", ", LevelNames[..^1])} or {LevelNames[^1]}");
    }

    private static int Index(string[] names, string text) => Array.FindIndex(names, n => n.Equals(text, StringComparison.OrdinalIgnoreCase));
}
