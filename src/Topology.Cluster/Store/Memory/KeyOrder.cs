using System.Collections.Immutable;

namespace Topology.Cluster;

/// <summary>Orders keys by their parts: texts by ordinal, numbers by size.</summary>
internal sealed class KeyOrder : IComparer<ImmutableArray<object>>
{
    public static readonly KeyOrder Instance = new();

    public int Compare(ImmutableArray<object> x, ImmutableArray<object> y)
    {
        for (var at = 0; at < x.Length; at++)
        {
            var order = x[at] is string text ? string.CompareOrdinal(text, (string)y[at]) : ((long)x[at]).CompareTo((long)y[at]);
            if (order != 0) return order;
        }

        return 0;
    }
}
