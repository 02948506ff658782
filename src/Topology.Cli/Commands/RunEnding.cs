namespace Topology.Cli;

/// <summary>
/// Ends a run that does not end by itself: the first interrupt and the end of the time given drain and stop it, the second interrupt abandons it. From then on
/// interrupts end the process as usual.
/// </summary>
internal sealed class RunEnding : IDisposable
{
    private readonly ITopologyRun _run;
    private readonly StatusLines _lines;
    private readonly TaskCompletionSource _abandoned = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly IDisposable _interrupts;
    private readonly ITimer? _limit;
    private int _interruptCount;

    /// <param name="run">What is to end.</param>
    /// <param name="context">Where interrupts and time come from.</param>
    /// <param name="limit">How long the run may last; null for as long as it likes.</param>
    public RunEnding(ITopologyRun run, CommandContext context, TimeSpan? limit)
    {
        _run = run;
        _lines = context.Lines;
        Ended = Task.WhenAny(run.Completion, _abandoned.Task);
        _interrupts = context.Console.OnInterrupt(Interrupt);
        if (limit is { } time) _limit = context.Time.CreateTimer(_ => Stop($"{Figures.Duration(time)} are over: draining"), null, time, Timeout.InfiniteTimeSpan);
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
        switch (Interlocked.Increment(ref _interruptCount))
        {
            case 1:
                Stop("draining what is on its way; Ctrl-C again stops at once");
                break;
            case 2:
                _lines.Write("stopping at once");
                _interrupts.Dispose();
                _abandoned.TrySetResult();
                break;
        }
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
