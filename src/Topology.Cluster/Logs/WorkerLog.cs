using System.Collections.Concurrent;
using System.Text;
using Microsoft.Extensions.Logging;

namespace Topology.Cluster;

/// <summary>
/// The log of this process, as files that follow one another by size. Logging never waits for a disk: entries pass a bounded queue to one thread that writes them; what does not fit is dropped and the log says
/// how many. A full disk loses entries, which the log says as soon as it can, and stops nothing. The category of a logger is a component's id, or <c>id#task</c>. Thread-safe.
/// </summary>
/// <remarks>
/// What was logged is written at the end of the process also where nobody disposes of it, except at a signal that nobody handles: .NET 10 has no handler for SIGTERM of its own, so a program that is to end
/// well registers one.
/// </remarks>
public sealed class WorkerLog : ILoggerProvider
{
    private const string Own = "log";
    private const int LargestWrite = 64 * 1024;
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<string, WorkerLogger> _loggers = new(StringComparer.Ordinal);
    private readonly WorkerLogOptions _options;
    private readonly ILogSink _sink;
    private readonly LogQueue _queue;
    private readonly Thread _thread;
    private readonly Lock _lock = new();
    private readonly List<TaskCompletionSource> _flushes = [];

    // Of the thread.
    private readonly StringBuilder _text = new();
    private int _entries;
    private long _dropped;
    private long _lost;
    private int _disposed;
    private bool _hasEnded;

    /// <summary>Begins a log, or goes on with one.</summary>
    /// <param name="folder">Where its files are.</param>
    /// <param name="name">Its name, as <see cref="LogFolder.CurrentFile"/> takes.</param>
    /// <param name="options">Null for the defaults.</param>
    /// <exception cref="IOException">Its file cannot be made.</exception>
    public WorkerLog(LogFolder folder, string name, WorkerLogOptions? options = null) : this(new LogFiles(folder, name, options ?? new()), options ?? new())
    {
    }

    internal WorkerLog(ILogSink sink, WorkerLogOptions options)
    {
        _sink = sink;
        _options = options;
        _queue = new(options);
        _thread = new(Run) { IsBackground = true, Name = "log" };
        _thread.Start();
        AppDomain.CurrentDomain.ProcessExit += FlushAtEnd;
        AppDomain.CurrentDomain.UnhandledException += FlushAtEnd;
    }

    /// <summary>The logger of a category; the same for the same.</summary>
    /// <param name="categoryName">A component's id, <c>id#task</c>, or any other name.</param>
    public ILogger CreateLogger(string categoryName) => _loggers.GetOrAdd(categoryName, name => new WorkerLogger(this, name, _options.Least));

    /// <summary>A writer whose lines become entries: a program sets it as the console's output, for the console keeps the file that it began with and would not follow the log to the next. Not thread-safe by itself.</summary>
    /// <param name="component">Who the entries are said to be of, such as <c>stdout</c>.</param>
    /// <param name="level">How serious they are.</param>
    public TextWriter CreateWriter(string component, LogLevel level) => new LogWriter(CreateLogger(component), level);

    /// <summary>Waits until what was logged before is written, or lost.</summary>
    public Task FlushAsync()
    {
        var written = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            if (_hasEnded) return Task.CompletedTask;
            _flushes.Add(written);
        }

        _queue.Wake(Marker);
        return written.Task;
    }

    /// <summary>Writes what is left, for at most <see cref="WorkerLogOptions.FlushLimit"/>, and ends.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0) return;
        AppDomain.CurrentDomain.ProcessExit -= FlushAtEnd;
        AppDomain.CurrentDomain.UnhandledException -= FlushAtEnd;
        _queue.Complete();
        _thread.Join(_options.FlushLimit);
    }

    internal void Add(LogLevel level, string component, int task, string text) =>
        _queue.Add(new(_options.Time.GetUtcNow(), level, component, task, text.Length > LogText.LongestText * 2 ? text[..(LogText.LongestText * 2)] : text));

    private static LogLine Marker { get; } = new(default, null, "", 0, "");

    private void FlushAtEnd(object? sender, EventArgs arguments) => FlushAsync().Wait(_options.FlushLimit);

    private void Run()
    {
        while (!_queue.IsCompleted)
        {
            // Before the queue is looked at: what was added before them is in it.
            var flushes = TakeFlushes();
            WriteAll();
            foreach (var flush in flushes) flush.SetResult();
            // What others printed may have filled the file.
            _sink.Turn();
            if (_queue.TryTake(out var next, LookEvery)) Gather(next);
        }

        WriteAll();
        _sink.Dispose();
        lock (_lock) _hasEnded = true;
        foreach (var flush in TakeFlushes()) flush.SetResult();
    }

    private void WriteAll()
    {
        while (_queue.TryTake(out var line, TimeSpan.Zero)) Gather(line);
        Write();
    }

    private void Gather(LogLine line)
    {
        if (ReferenceEquals(line, Marker)) return;
        LogText.Append(_text, line);
        _entries++;
        if (_text.Length >= Math.Min(LargestWrite, _options.FileBytes)) Write();
    }

    /// <summary>Writes what was gathered, after what there is to say about what is missing before it.</summary>
    private void Write()
    {
        _dropped += _queue.TakeDropped();
        if (_entries == 0 && _dropped == 0 && _lost == 0) return;
        var text = new StringBuilder();
        Say(text, _dropped, "entries were dropped: more was logged than could be written");
        Say(text, _lost, "entries were lost: they could not be written");
        text.Append(_text);
        _sink.Turn();
        // What was not written has not been said either.
        if (_sink.Append(Encoding.UTF8.GetBytes(text.ToString())) is not null) _lost += _entries;
        else (_dropped, _lost) = (0, 0);
        _entries = 0;
        _text.Clear();
    }

    private void Say(StringBuilder text, long count, string what)
    {
        if (count > 0) LogText.Append(text, new(_options.Time.GetUtcNow(), LogLevel.Warning, Own, 0, FormattableString.Invariant($"{count} {what}")));
    }

    private TaskCompletionSource[] TakeFlushes()
    {
        lock (_lock)
        {
            TaskCompletionSource[] flushes = [.. _flushes];
            _flushes.Clear();
            return flushes;
        }
    }
}
