using System.Collections.Immutable;
using Microsoft.Extensions.Logging;

namespace Topology.Engine;

/// <summary>
/// The errors of user code. Every one is counted; recorded and logged are at most so many per task and interval, as in Storm, and the newest thousand are kept.
/// Thread-safe.
/// </summary>
internal sealed class ErrorLog(Worker worker)
{
    private const int Kept = 1000;

    private readonly Lock _lock = new();
    private readonly Queue<ErrorReport> _reports = new();
    private readonly Dictionary<int, Throttle> _throttles = [];

    public ImmutableArray<ErrorReport> Reports
    {
        get
        {
            lock (_lock) return [.. _reports];
        }
    }

    public void Report(TaskPlan task, TaskCounters counters, string call, string? tuple, Exception error)
    {
        Interlocked.Increment(ref counters.Errors);
        var time = worker.Clock.Time.GetUtcNow();
        var report = new ErrorReport(time, task.Component.Id, task.Task, call, tuple, error);
        lock (_lock)
        {
            if (!MayRecord(task.Task, time)) return;
            if (_reports.Count == Kept) _reports.Dequeue();
            _reports.Enqueue(report);
        }

        Log(report);
        worker.Options.OnError?.Invoke(report);
    }

    private void Log(ErrorReport report)
    {
        try
        {
            worker.Loggers.CreateLogger(report.Component).LogWarning(report.Error, "{Report}", report);
        }
        catch (Exception)
        {
            // A logger of the user's that throws: the report is kept all the same, and there is nobody else to tell.
        }
    }

    private bool MayRecord(int task, DateTimeOffset time)
    {
        var options = worker.Plan.Options;
        if (!_throttles.TryGetValue(task, out var throttle) || time - throttle.Since >= options.ErrorInterval) throttle = new Throttle(time, 0);
        _throttles[task] = throttle with { Count = throttle.Count + 1 };
        return throttle.Count < options.MaxErrorReports;
    }

    private readonly record struct Throttle(DateTimeOffset Since, int Count);
}
