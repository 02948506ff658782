using System.Collections;
using System.Collections.Immutable;

namespace Topology.Testing;

/// <summary>
/// What the spouts of a topology emit in place of their own tuples: <c>new MockedSources { { "lines", ["the cow"], ["the moon"] } }</c>. A spout without tuples emits
/// none.
/// </summary>
public sealed class MockedSources : IEnumerable<KeyValuePair<string, ImmutableArray<TestTuple>>>
{
    private readonly Dictionary<string, ImmutableArray<TestTuple>> _tuples = [];

    /// <summary>Adds tuples for a spout, behind those that were added before.</summary>
    /// <param name="component">The spout's id.</param>
    /// <param name="tuples">The tuples, on whichever of its streams.</param>
    /// <returns>This.</returns>
    public MockedSources Add(string component, params ReadOnlySpan<TestTuple> tuples)
    {
        ArgumentNullException.ThrowIfNull(component);
        _tuples[component] = [.. _tuples.GetValueOrDefault(component, []), .. tuples];
        return this;
    }

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, ImmutableArray<TestTuple>>> GetEnumerator() => _tuples.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
