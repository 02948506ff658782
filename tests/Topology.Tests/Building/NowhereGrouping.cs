using System.Collections.Immutable;

namespace Topology.Tests;

/// <summary>A custom grouping that drops every tuple.</summary>
internal sealed class NowhereGrouping : ICustomGrouping
{
    public void Prepare(ComponentContext source, StreamId stream, ImmutableArray<int> targets)
    {
    }

    public void Choose(ReadOnlySpan<Value> values, List<int> chosen)
    {
    }
}
