using System.Diagnostics;

namespace Topology.Bench;

/// <summary>The processes of a loop by hand, and the board that they count on.</summary>
internal sealed class PeerGroup : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("p");
    private readonly Process[] _processes;

    /// <summary>Starts a process for each peer.</summary>
    public PeerGroup(params string[] peers)
    {
        var file = Path.Combine(_folder.FullName, "board");
        Board = Board.Create(file);
        _processes = [.. peers.Select(peer => OwnProgram.Start(OwnProgram.StartInfo(PeerProgram.Role, peer, file, _folder.FullName)))];
    }

    /// <summary>What the processes count, and by which they are told to begin and to rest.</summary>
    public Board Board { get; }

    /// <summary>Waits for something that the board shows.</summary>
    /// <exception cref="BenchException">It did not come, or a process has ended.</exception>
    public async Task UntilAsync(Func<RunCounters, bool> condition, string what)
    {
        for (var since = Stopwatch.GetTimestamp(); !condition(Board.Counters);)
        {
            if (_processes.Any(process => process.HasExited)) throw new BenchException("a process of the loop by hand has ended");
            if (Stopwatch.GetElapsedTime(since) > Limit) throw new BenchException($"the loop by hand waited in vain for {what}");
            await Task.Delay(1).ConfigureAwait(false);
        }
    }

    /// <summary>Ends the processes.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var process in _processes)
        {
            process.StandardInput.Close();
            await process.WaitForExitAsync().ConfigureAwait(false);
            process.Dispose();
        }

        Board.Dispose();
        _folder.Delete(recursive: true);
    }
}
