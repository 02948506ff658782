namespace Topology.Engine;

/// <summary>A task's hooks. One that throws is reported, and its exception goes no further.</summary>
internal sealed class TaskHooks(Action<Exception> report)
{
    private readonly List<ITaskHook> _hooks = [];

    public void Add(ITaskHook hook) => _hooks.Add(hook);

    public void Emitted(StreamId stream, ReadOnlySpan<Value> values, int targets, bool isTracked)
    {
        foreach (var hook in _hooks)
        {
            try
            {
                if (hook is ITaskObserver observer) observer.Emitted(stream, values, targets, isTracked);
                else hook.Emitted(stream, values, targets);
            }
            catch (Exception exception)
            {
                report(exception);
            }
        }
    }

    public void Each(Action<ITaskHook> call)
    {
        foreach (var hook in _hooks)
        {
            try
            {
                call(hook);
            }
            catch (Exception exception)
            {
                report(exception);
            }
        }
    }
}
