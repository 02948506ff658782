namespace Topology;

/// <summary>
/// State by key that belongs to one task. Values live in segments that never move: a reference from <see cref="For(TKey)"/> stays right while other
/// keys are added, so <c>state.For(a) += state.For(b)</c> does what it says.
/// </summary>
/// <remarks>
/// Use it on the task's own thread. In memory it lasts as long as the task; it survives a restart of the task by its error policy. It is made so that
/// checkpoints can take it along: what <see cref="For(TKey)"/> returned counts as changed.
/// </remarks>
/// <typeparam name="TKey">A string, an integer type, a <see cref="Guid"/>, a <see cref="Value"/> or another type with value equality.</typeparam>
/// <typeparam name="TValue">What is kept for each key; <c>default</c> for a key not seen before.</typeparam>
public abstract class KeyedState<TKey, TValue>
    where TKey : notnull
{
    private protected KeyedState()
    {
    }

    /// <summary>How many keys there are.</summary>
    public abstract int Count { get; }

    /// <summary>The value of a key, to read or change in place; added with <c>default</c> where it is not there.</summary>
    public abstract ref TValue For(TKey key);

    /// <summary>The value of a key, without adding it.</summary>
    public abstract bool TryGet(TKey key, out TValue value);

    /// <summary>Removes a key. A reference taken to its value before must not be used any more.</summary>
    public abstract bool Remove(TKey key);

    /// <summary>Every key and value, in no particular order. Keys may not be added or removed meanwhile.</summary>
    public abstract IEnumerable<KeyValuePair<TKey, TValue>> Entries { get; }

    /// <summary>The value of a text key, given as a span; makes a string only for a new key.</summary>
    internal abstract ref TValue ForSpan(ReadOnlySpan<char> key);
}
