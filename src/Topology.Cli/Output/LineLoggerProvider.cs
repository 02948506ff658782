using Microsoft.Extensions.Logging;

namespace Topology.Cli;

/// <summary>Writes what components log as single lines: <c>warn component: message</c>.</summary>
internal sealed class LineLoggerProvider(StatusLines lines, bool debug) : ILoggerProvider
{
    /// <summary>A factory of such loggers: warnings and above; with <paramref name="debug"/> information and stack traces too.</summary>
    public static LoggerFactory CreateFactory(StatusLines lines, bool debug) =>
        new([new LineLoggerProvider(lines, debug)], new LoggerFilterOptions { MinLevel = debug ? LogLevel.Information : LogLevel.Warning });

    public ILogger CreateLogger(string categoryName) => new LineLogger(categoryName, lines, debug);

    public void Dispose()
    {
    }

    private sealed class LineLogger(string category, StatusLines lines, bool debug) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            var message = formatter(state, exception);
            if (exception is not null && !debug) message = $"{message}: {exception.GetType().Name}: {exception.Message}";
            lines.Write(OneLine.Of($"{Name(logLevel)} {category}: {message}"));
            if (exception is not null && debug) lines.Write(exception.ToString());
        }

        private static string Name(LogLevel level) => level switch
        {
            LogLevel.Warning => "warn",
            LogLevel.Information => "info",
            _ => level.ToString().ToLowerInvariant(),
        };
    }
}
