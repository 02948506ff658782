using System.Runtime.CompilerServices;

namespace Topology.Cluster;

/// <summary>
/// Reads the logs of a folder as one, by time. Lines of one log stay in their order. What is there when it begins comes out sorted; lines that a follow finds are sorted among those found at the same look.
/// Logs may be written meanwhile, begin new files and lose old ones.
/// </summary>
public static class LogReader
{
    /// <summary>The lines that are asked for.</summary>
    /// <param name="folder">Where the logs are.</param>
    /// <param name="query">Which lines.</param>
    /// <param name="cancellation">Ends a follow, with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="ArgumentException">A name is none of a log.</exception>
    public static async IAsyncEnumerable<LogLine> ReadAsync(LogFolder folder, LogQuery query, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(folder);
        ArgumentNullException.ThrowIfNull(query);
        var sources = new List<LogSource>();
        try
        {
            while (true)
            {
                cancellation.ThrowIfCancellationRequested();
                AddNew(sources, folder, query);
                while (Next(sources) is { } line)
                {
                    if (query.Takes(line)) yield return line;
                }

                if (!query.Follow) yield break;
                await Task.Delay(query.LookEvery, query.Time, cancellation).ConfigureAwait(false);
            }
        }
        finally
        {
            foreach (var source in sources) source.Dispose();
        }
    }

    private static void AddNew(List<LogSource> sources, LogFolder folder, LogQuery query)
    {
        foreach (var name in (query.Logs ?? folder.Names()).Where(name => !sources.Exists(source => source.Name == name))) sources.Add(new(folder, name, query.Since));
    }

    private static LogLine? Next(List<LogSource> sources)
    {
        LogSource? first = null;
        foreach (var source in sources)
        {
            if (source.HasLine() && (first is null || source.Key < first.Key)) first = source;
        }

        return first?.Take();
    }
}
