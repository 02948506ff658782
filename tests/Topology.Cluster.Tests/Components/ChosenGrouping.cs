using System.Collections.Immutable;

namespace Topology.Cluster.Tests;

/// <summary>A grouping written in place: it may throw, and choose nobody, several or a stranger.</summary>
internal sealed class ChosenGrouping(Func<long, ImmutableArray<int>, IEnumerable<int>> choose) : ICustomGrouping
{
    private ImmutableArray<int> _targets;

    public void Prepare(ComponentContext source, StreamId stream, ImmutableArray<int> targets) => _targets = targets;

    public void Choose(ReadOnlySpan<Value> values, List<int> chosen) => chosen.AddRange(choose(values[0].AsInt64(), _targets));
}
