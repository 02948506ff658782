using Microsoft.Extensions.Logging;

namespace Topology.Cluster;

/// <summary>A component's logger. What goes wrong in it, such as an argument whose text cannot be made, becomes what is logged: it never throws.</summary>
internal sealed class WorkerLogger : ILogger
{
    private readonly WorkerLog _log;
    private readonly LogLevel _least;
    private readonly string _component;
    private readonly int _task;

    public WorkerLogger(WorkerLog log, string category, LogLevel least)
    {
        _log = log;
        _least = least;
        (_component, _task) = LogText.Split(category);
    }

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= _least && logLevel != LogLevel.None;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (!IsEnabled(logLevel)) return;
        // Here and not on the log's thread: a state may change after the call.
        var text = TextOf(() => formatter(state, exception));
        if (exception is not null) text = $"{text}\n{TextOf(exception.ToString)}";
        _log.Add(logLevel, _component, _task, text);
    }

    private static string TextOf(Func<string> make)
    {
        try
        {
            return make() ?? "";
        }
        catch (Exception error)
        {
            return $"(the text of this could not be made: {error.GetType().Name})";
        }
    }
}
