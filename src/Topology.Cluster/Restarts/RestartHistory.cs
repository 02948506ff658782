using System.Collections.Immutable;

namespace Topology.Cluster;

/// <summary>What a restart strategy remembers of a topology. Immutable.</summary>
/// <param name="WithoutProgress">Restarts since the last acked tuple or committed position.</param>
/// <param name="Recent">When the last failures were, oldest first: no more than the strategy has use for.</param>
internal sealed record RestartHistory(int WithoutProgress, ImmutableArray<DateTimeOffset> Recent)
{
    public static readonly RestartHistory Empty = new(0, []);

    /// <summary>A tuple was acked or a position committed.</summary>
    public RestartHistory Progressed() => WithoutProgress == 0 ? this : this with { WithoutProgress = 0 };
}
