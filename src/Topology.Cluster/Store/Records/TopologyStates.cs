namespace Topology.Cluster;

/// <summary>What follows from a state.</summary>
public static class TopologyStates
{
    /// <summary>Whether nothing follows any more: killed, failed or completed. A topology that has not ended is called living.</summary>
    public static bool IsEnded(this TopologyState state) => state is TopologyState.Killed or TopologyState.Failed or TopologyState.Completed;

    internal static string ToText(this TopologyState state) => state switch
    {
        TopologyState.Submitted => "submitted",
        TopologyState.Starting => "starting",
        TopologyState.Active => "active",
        TopologyState.Inactive => "inactive",
        TopologyState.Rebalancing => "rebalancing",
        TopologyState.Recovering => "recovering",
        TopologyState.Draining => "draining",
        TopologyState.Killed => "killed",
        TopologyState.Failed => "failed",
        TopologyState.Completed => "completed",
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, "No such state."),
    };

    internal static TopologyState Parse(string text)
    {
        foreach (var state in Enum.GetValues<TopologyState>())
        {
            if (state.ToText() == text) return state;
        }

        throw new FormatException($"'{text}' is no state of a topology.");
    }
}
