namespace Topology;

/// <summary>Access to state with text keys by spans.</summary>
public static class KeyedStateExtensions
{
    /// <summary>The value of a text key, to read or change in place; a string is made only for a key not seen before.</summary>
    public static ref TValue For<TValue>(this KeyedState<string, TValue> state, ReadOnlySpan<char> key) => ref state.ForSpan(key);
}
