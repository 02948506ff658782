namespace Topology.Engine;

/// <summary>Makes, prepares and ends the user's instances. All on the thread of the task's executor.</summary>
internal sealed class ComponentLifecycle(Worker worker)
{
    /// <summary>Makes a bolt's instance and prepares it; a failure ends the run.</summary>
    public void Prepare(BoltTask task)
    {
        try
        {
            var bolt = (IBolt)task.Services.Make();
            task.Use(bolt);
            bolt.Prepare(new BoltTaskContext(task.Services, task.State));
        }
        catch (Exception exception)
        {
            Fail(task.Plan, task.Counters, "Prepare", exception);
        }
    }

    /// <summary>Makes a spout's instance and opens it; a failure ends the run.</summary>
    public void Open(SpoutTask task)
    {
        try
        {
            var spout = (SpoutBase)task.Services.Make();
            task.Use(spout);
            spout.Open(new SpoutTaskContext(task.Services, task));
        }
        catch (Exception exception)
        {
            Fail(task.Plan, task.Counters, "Open", exception);
        }
    }

    /// <summary>Ends a bolt's instance, once.</summary>
    public void Cleanup(BoltTask task)
    {
        if (task.HasEnded) return;
        task.HasEnded = true;
        task.Emitter.Hooks?.Each(static hook => hook.Cleanup());
        task.Services.ResetHooks();
        End(task.Plan, task.Counters, "Cleanup", task.Bolt is null ? null : task.Bolt.Cleanup);
        task.Services.ResetMeter();
    }

    /// <summary>Ends a spout's instance, once.</summary>
    public void Close(SpoutTask task)
    {
        if (task.HasEnded) return;
        task.HasEnded = true;
        task.Emitter.Hooks?.Each(static hook => hook.Cleanup());
        task.Services.ResetHooks();
        End(task.Plan, task.Counters, "Close", task.Spout is null ? null : task.Spout.Close);
        task.Services.ResetMeter();
    }

    private void End(TaskPlan plan, TaskCounters counters, string call, Action? end)
    {
        try
        {
            end?.Invoke();
        }
        catch (Exception exception)
        {
            worker.Errors.Report(plan, counters, call, null, exception);
        }
    }

    private void Fail(TaskPlan plan, TaskCounters counters, string call, Exception exception)
    {
        worker.Errors.Report(plan, counters, call, null, exception);
        worker.Fail(new TopologyException($"{plan.Component.Id}[{plan.Task}] threw in {call}: {ErrorText.Of(exception)}", exception));
    }
}
