using Topology.Messaging;

namespace Topology.Engine;

/// <summary>What follows when user code throws: the tuple fails, the error is recorded, and the component's policy decides the rest.</summary>
internal sealed class ErrorPolicies(Worker worker)
{
    private const int Restarts = 5;

    private static readonly long RestartWindow = EngineClock.ToNanoseconds(TimeSpan.FromMinutes(1));

    private readonly Lock _lock = new();
    private readonly Dictionary<int, Queue<long>> _restarts = [];

    /// <summary>A bolt's <c>Execute</c> threw; the tuple is still in hand.</summary>
    public void HandleRow(BoltExecutor executor, TupleBatch batch, int row, Exception error)
    {
        var task = executor.Tasks[batch.Rows[row].Task];
        task.TellExecuted(task.SourceOf(batch, row));
        if (error is FailTupleException)
        {
            task.Abandon(FailKind.Explicit, error.Message);
            return;
        }

        ref var values = ref batch.Rows[row];
        var tuple = Shorten(batch.Values.AsSpan(values.FirstValue, values.Arity));
        if (!TryDeadLetter(task, task.SourceOf(batch, row), null, tuple, error))
            task.Abandon(FailKind.BoltError, Describe(error));
        Handle(executor, task, "Execute", tuple, error);
    }

    /// <summary>Asynchronous work on a held tuple threw.</summary>
    public void HandleHeld(BoltExecutor executor, BoltTask task, HeldTuple held, TupleCopy copy, Exception error)
    {
        var tuple = Shorten(copy.Values);
        if (!TryDeadLetter(task, copy.Source, held, tuple, error)) task.AbandonHeld(held, FailKind.BoltError, Describe(error));
        Handle(executor, task, "Execute", tuple, error);
    }

    /// <summary>A call into a bolt threw.</summary>
    public void Handle(BoltExecutor executor, BoltTask task, string call, string? tuple, Exception error)
    {
        worker.Errors.Report(task.Plan, task.Counters, call, tuple, error);
        switch (task.Plan.Component.Options.OnError)
        {
            case ErrorPolicy.StopTopology:
                Stop(task.Plan, call, error);
                break;
            case ErrorPolicy.RestartTask when MayRestart(task.Plan, executor.Now, call, error):
                task.FailHeldSince(long.MaxValue, FailKind.BoltError, "the task that held the tuple was restarted");
                worker.Components.Cleanup(task);
                worker.Components.Prepare(task);
                break;
        }
    }

    /// <summary>A call into a spout threw.</summary>
    public void Handle(SpoutExecutor executor, SpoutTask task, string call, Exception error)
    {
        worker.Errors.Report(task.Plan, task.Counters, call, null, error);
        switch (task.Plan.Component.Options.OnError)
        {
            case ErrorPolicy.StopTopology:
                Stop(task.Plan, call, error);
                break;
            case ErrorPolicy.RestartTask when MayRestart(task.Plan, executor.Now, call, error):
                task.DropPending();
                worker.Components.Close(task);
                worker.Components.Open(task);
                break;
        }
    }

    private bool TryDeadLetter(BoltTask task, TupleSource source, HeldTuple? held, string tuple, Exception error)
    {
        if (task.Plan.Component.Options.OnError != ErrorPolicy.DeadLetter) return false;
        var stream = task.Plan.Component.Streams.FirstOrDefault(s => s.Name == StreamId.DeadLetter);
        if (stream is null || task.Emitter.Streams[stream.Index].Routers.Length == 0) return false;
        ReadOnlySpan<Value> letter = [task.Plan.Component.Id, task.Plan.Task, Describe(error), $"{source.Component}/{source.Stream}", tuple];
        try
        {
            return held is { } one ? task.TryDeadLetter(one, stream.Index, letter) : task.TryDeadLetter(stream.Index, letter);
        }
        catch (Exception refusal)
        {
            // A value of it is too long, or a grouping of the user's threw: the tuple fails instead.
            worker.Errors.Report(task.Plan, task.Counters, "dead letter", tuple, refusal);
            return false;
        }
    }

    /// <summary>An exception in one line. Even asking the user's exception for its message may throw.</summary>
    private static string Describe(Exception error)
    {
        try
        {
            return $"{error.GetType().Name}: {error.Message}";
        }
        catch (Exception)
        {
            return error.GetType().Name;
        }
    }

    private bool MayRestart(TaskPlan task, long now, string call, Exception error)
    {
        lock (_lock)
        {
            if (!_restarts.TryGetValue(task.Task, out var times)) _restarts[task.Task] = times = new Queue<long>();
            while (times.TryPeek(out var oldest) && now - oldest > RestartWindow) times.Dequeue();
            if (times.Count < Restarts)
            {
                times.Enqueue(now);
                return true;
            }
        }

        worker.Fail(new TopologyException(
            $"{task.Component.Id}[{task.Task}] was restarted {Restarts} times within a minute and threw again in {call}: {Describe(error)}", error));
        return false;
    }

    private void Stop(TaskPlan task, string call, Exception error) =>
        worker.Fail(new TopologyException($"{task.Component.Id}[{task.Task}] threw in {call}, and its error policy stops the topology: {Describe(error)}", error));

    /// <summary>The values of a tuple for an error report, of limited length.</summary>
    private static string Shorten(ReadOnlySpan<Value> values)
    {
        const int Longest = 200;
        var text = string.Join(", ", values.ToArray().Select(v => v.ToShortString(Longest)));
        return text.Length <= Longest ? text : string.Concat(text.AsSpan(0, Longest), "…");
    }
}
