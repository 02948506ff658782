namespace Topology;

/// <summary>What a bolt's task knows; see <see cref="ComponentContext"/>.</summary>
public abstract class BoltContext : ComponentContext
{
    private protected BoltContext()
    {
    }

    /// <summary>
    /// State of this task by key, kept by the engine. Legal in <c>Prepare</c> only; asking for it is what makes a bolt stateful. Asking twice for a name
    /// gives the same state.
    /// </summary>
    /// <exception cref="ArgumentException">The name was asked for before with other types.</exception>
    public abstract KeyedState<TKey, TValue> KeyedState<TKey, TValue>(string name)
        where TKey : notnull;
}
