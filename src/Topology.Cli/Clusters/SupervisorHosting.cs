using System.Globalization;
using Topology.Cluster;

namespace Topology.Cli;

/// <summary>Is a supervisor in this process, or starts one in a process of its own.</summary>
internal static class SupervisorHosting
{
    /// <summary>How long the daemon may take to answer one that joins.</summary>
    private static readonly TimeSpan JoinLimit = TimeSpan.FromSeconds(10);

    /// <summary>How long one in the background may take until it has its first lease.</summary>
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(50);

    public static async Task<Membership> RunAsync(SupervisorRequest request, Func<Membership, Task> joined, CancellationToken cancellation)
    {
        using var data = DataDirectory.Open(request.DataDirectory);
        if (request.Token is not null) await JoinAsync(data, request, cancellation).ConfigureAwait(false);
        using var log = new WorkerLog(new LogFolder(Path.Combine(request.DataDirectory, "logs")), "supervisor");
        var options = new HostSupervisorOptions { Data = data, Address = request.Address, Loggers = new LogFactory(log) };
        if (request.Slots is { } slots) options = options with { Slots = slots };
        await using var supervisor = await HostSupervisor.StartAsync(options).ConfigureAwait(false);
        try
        {
            await Task.WhenAny(supervisor.Connected, supervisor.Completion).WaitAsync(cancellation).ConfigureAwait(false);
            if (supervisor.Connected.IsCompleted)
            {
                ConnectedFile.Write(request.DataDirectory);
                await joined(supervisor.Membership).ConfigureAwait(false);
            }

            await supervisor.Completion.WaitAsync(cancellation).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // Told to end.
        }
        finally
        {
            ConnectedFile.Delete(request.DataDirectory);
        }

        return supervisor.Membership;
    }

    /// <summary>Joins here, so that what is wrong with a token is said at once and the token goes no further, and has another process be the supervisor.</summary>
    public static async Task<Membership> DetachAsync(SupervisorRequest request, Func<Membership, Task> joined, CancellationToken cancellation)
    {
        Membership membership;
        using (var data = DataDirectory.Open(request.DataDirectory))
        {
            membership = request.Token is not null
                ? await JoinAsync(data, request, cancellation).ConfigureAwait(false)
                : Membership.Read(request.DataDirectory) ?? throw new JoinException(JoinProblem.NotJoined, $"The data directory {request.DataDirectory} belongs to no supervisor: a token is needed to join.");
            ConnectedFile.Delete(request.DataDirectory);
        }

        var log = Path.Combine(request.DataDirectory, "supervisor.out");
        var process = ProcessLauncher.Start(ProcessStart.OfThisProgram(Arguments(request), log));
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(StartLimit);
        try
        {
            while (ConnectedFile.Read(request.DataDirectory) != process.Identity)
            {
                if (process.Exited.IsCompleted) throw new TopologyException($"The supervisor {await process.Exited.ConfigureAwait(false)}: its log {log} says why.");
                await Task.WhenAny(process.Exited, Task.Delay(LookEvery, limit.Token)).ConfigureAwait(false);
                limit.Token.ThrowIfCancellationRequested();
            }
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new JoinException(JoinProblem.Unreachable, $"The supervisor runs as process {process.Identity.Id} and goes on trying, but no daemon answers at {membership.Endpoint}.");
        }

        await joined(membership).ConfigureAwait(false);
        return membership;
    }

    private static Task<Membership> JoinAsync(DataDirectory data, SupervisorRequest request, CancellationToken cancellation) =>
        JoinAttempt.JoinAsync(data, request.Token!, request.Name ?? Environment.MachineName, request.Slots ?? DaemonOptions.UsualSlots, JoinLimit, TimeProvider.System, cancellation);

    private static List<string> Arguments(SupervisorRequest request)
    {
        List<string> arguments = ["join", "--data", request.DataDirectory];
        if (request.Slots is { } slots) arguments.AddRange(["--slots", slots.ToString(CultureInfo.InvariantCulture)]);
        if (request.Address is { } address) arguments.AddRange(["--host", address]);
        return arguments;
    }
}
