namespace Topology.Engine;

/// <summary>The keyed states of one task, by name. It outlives an instance of the task's code that its error policy replaces.</summary>
internal sealed class TaskState
{
    private readonly Dictionary<string, object> _states = new(StringComparer.Ordinal);

    /// <summary>The state of a name: made the first time, the same one ever after.</summary>
    /// <exception cref="ArgumentException">The name is empty, or was asked for before with other types.</exception>
    public KeyedState<TKey, TValue> Get<TKey, TValue>(string name)
        where TKey : notnull
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        if (!_states.TryGetValue(name, out var state))
            _states.Add(name, state = new MemoryKeyedState<TKey, TValue>());
        return state as KeyedState<TKey, TValue> ?? throw OtherTypes(name, state, typeof(TKey), typeof(TValue));
    }

    private static ArgumentException OtherTypes(string name, object state, Type key, Type value)
    {
        var types = state.GetType().GetGenericArguments();
        return new($"State '{name}' was asked for before as KeyedState<{types[0]}, {types[1]}>, and now as KeyedState<{key}, {value}>: "
            + "use the same types, or another name.", nameof(name));
    }
}
