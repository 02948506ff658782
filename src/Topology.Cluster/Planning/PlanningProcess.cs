using System.Text.Json;

namespace Topology.Cluster;

/// <summary>Plans topologies in processes of their own, since the daemon never loads a user's code.</summary>
/// <param name="folder">Where each such process gets a folder, which is gone when it has ended.</param>
/// <param name="limit">How long one may take.</param>
/// <param name="time">The clock.</param>
/// <param name="program">How the executable of all roles is started, by its arguments and the file for its streams.</param>
internal sealed class PlanningProcess(string folder, TimeSpan limit, TimeProvider time, Func<IReadOnlyList<string>, string, ProcessStart> program)
{
    /// <summary>The usual name of that folder in a data directory.</summary>
    public const string FolderName = "plans";

    /// <summary>The last lines of what the process printed are told where it gave no answer.</summary>
    private const int LinesTold = 5;

    /// <summary>Plans a topology.</summary>
    /// <exception cref="ProcessException">The process cannot be started.</exception>
    public async Task<PlanAnswer> PlanAsync(PlanRequest request, CancellationToken cancellation)
    {
        var own = Directory.CreateDirectory(Path.Combine(folder, Guid.NewGuid().ToString("N")), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute).FullName;
        try
        {
            await File.WriteAllBytesAsync(Path.Combine(own, PlanProgram.RequestFile), JsonSerializer.SerializeToUtf8Bytes(request, PlanJson.Default.PlanRequest), cancellation).ConfigureAwait(false);
            var output = Path.Combine(own, "output.log");
            var process = ProcessLauncher.Start(program([PlanProgram.Role, own], output));
            var exit = await EndOf(process, cancellation).ConfigureAwait(false);
            var answer = Path.Combine(own, PlanProgram.AnswerFile);
            if (File.Exists(answer)) return JsonSerializer.Deserialize(await File.ReadAllBytesAsync(answer, cancellation).ConfigureAwait(false), PlanJson.Default.PlanAnswer)!;
            return new PlanAnswer { Errors = [exit is null ? $"Build did not return within {limit.TotalSeconds:0} s" : $"The process that ran Build ended ({exit})", .. LastLines(output)] };
        }
        finally
        {
            Directory.Delete(own, recursive: true);
        }
    }

    private async Task<ProcessExit?> EndOf(WatchedProcess process, CancellationToken cancellation)
    {
        try
        {
            return await process.Exited.WaitAsync(limit, time, cancellation).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            await process.KillAsync().ConfigureAwait(false);
            return null;
        }
        catch (OperationCanceledException)
        {
            await process.KillAsync().ConfigureAwait(false);
            throw;
        }
    }

    private static IEnumerable<string> LastLines(string file) => File.Exists(file) ? File.ReadLines(file).TakeLast(LinesTold) : [];
}
