namespace Topology.Engine;

/// <summary>What came of one turn of an executor.</summary>
[Flags]
internal enum TurnResult
{
    /// <summary>There was nothing to do; the executor waits to be woken, or for its deadline.</summary>
    Idle = 0,

    /// <summary>Something was done.</summary>
    Progress = 1,

    /// <summary>There is more to do at once.</summary>
    More = 2,

    /// <summary>Downstream is full; the executor waits to be woken.</summary>
    Backpressured = 4,
}
