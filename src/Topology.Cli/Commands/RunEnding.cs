namespace Topology.Cli;

/// <summary>
/// Ends a run that does not end by itself: the first interrupt and the end of the time given drain and stop it, the second interrupt abandons it. From then on
/// interrupts end the process as usual.
/// </summary>
internal sealed class RunEnding : IDisposable
{
    /// <summary>One Ctrl-C may come twice: from the terminal, and passed on by a parent such as <c>dotnet run</c>.</summary>
    private static readonly TimeSpan SameInterrupt = TimeSpan.FromMilliseconds(200);

    private readonly Lock _lock = new();
    private readonly ITopologyRun _run;
    private readonly StatusLines _lines;
    private readonly TimeProvider _time;
    private readonly TaskCompletionSource _abandoned = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly IDisposable _interrupts;
    private readonly ITimer? _limit;
    private long? _firstInterrupt;

    /// <param name="run">What is to end.</param>
    /// <param name="context">Where interrupts and time come from.</param>
    /// <param name="limit">How long the run may last; null for as long as it likes.</param>
    public RunEnding(ITopologyRun run, CommandContext context, TimeSpan? limit)
    {
        _run = run;
        _lines = context.Lines;
        _time = context.Time;
        Ended = Task.WhenAny(run.Completion, _abandoned.Task);
        _interrupts = context.Console.OnInterrupt(Interrupt);
        if (limit is { } time) _limit = context.Time.CreateTimer(_ => Stop($"after {Figures.Duration(time)}: draining what is on its way"), null, time, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Ends when the run has, or when it is abandoned.</summary>
    public Task Ended { get; }

    public bool IsAbandoned => _abandoned.Task.IsCompleted;

    public void Dispose()
    {
        _interrupts.Dispose();
        _limit?.Dispose();
    }

    private void Interrupt()
    {
        lock (_lock)
        {
            if (_firstInterrupt is { } first)
            {
                if (!IsAbandoned && _time.GetElapsedTime(first) >= SameInterrupt) Abandon();
                return;
            }

            _firstInterrupt = _time.GetTimestamp();
        }

        Stop("draining what is on its way; Ctrl-C again stops at once");
    }

    private void Abandon()
    {
        _lines.Write("stopping at once");
        _interrupts.Dispose();
        _abandoned.TrySetResult();
    }

    private async void Stop(string notice)
    {
        if (_run.Completion.IsCompleted) return;
        _lines.Write(notice);
        try
        {
            await _run.StopAsync().ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            // Nobody awaits this; the run's own completion says how it ended.
            _lines.WriteProblems([$"stopping failed: {exception.GetType().Name}: {exception.Message}"], null);
        }
    }
}
