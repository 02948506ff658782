namespace Topology.Cluster;

/// <summary>Which errors are counted together.</summary>
internal static class ErrorRules
{
    /// <summary>The last error of the same task, if it is the same one within the window.</summary>
    public static (StoreRow? Row, ErrorRecord? Error) LastOf(IReadOnlyList<StoreRow> rows, ErrorRecord error)
    {
        for (var at = rows.Count - 1; at >= 0; at--)
        {
            if (StoreReader.Single(rows[at], RecordRows.Error) is not { } last || last.Component != error.Component || last.Task != error.Task) continue;
            var since = error.FirstAt - last.FirstAt;
            return last.Message == error.Message && since >= TimeSpan.Zero && since < StoreLimits.ErrorWindow ? (rows[at], last) : default;
        }

        return default;
    }

    /// <summary>Two reports as one.</summary>
    public static ErrorRecord Joined(ErrorRecord last, ErrorRecord error) =>
        last with { LastAt = last.LastAt > error.LastAt ? last.LastAt : error.LastAt, Count = last.Count > long.MaxValue - error.Count ? long.MaxValue : last.Count + error.Count };
}
