using System.Collections.Concurrent;

namespace Topology.Engine;

/// <summary>Control, completions of asynchronous work and other actions for one executor, from any thread; bounded.</summary>
internal sealed class Mailbox
{
    public const int Capacity = 65_536;

    private readonly ConcurrentQueue<Action> _actions = new();
    private int _count;

    public bool IsEmpty => Volatile.Read(ref _count) == 0;

    /// <summary>False when the mailbox is full.</summary>
    public bool TryPost(Action action)
    {
        if (Interlocked.Increment(ref _count) > Capacity)
        {
            Interlocked.Decrement(ref _count);
            return false;
        }

        _actions.Enqueue(action);
        return true;
    }

    /// <summary>Posts what the engine itself must get through, control and the ends of asynchronous work; both are bounded elsewhere.</summary>
    public void PostControl(Action action)
    {
        Interlocked.Increment(ref _count);
        _actions.Enqueue(action);
    }

    /// <summary>Called by the executor.</summary>
    public bool TryTake(out Action action)
    {
        if (!_actions.TryDequeue(out action!)) return false;
        Interlocked.Decrement(ref _count);
        return true;
    }
}
