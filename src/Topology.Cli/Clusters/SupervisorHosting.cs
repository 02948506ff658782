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

    /// <summary>How long in all a daemon may not know it, since it may just have been started.</summary>
    private static readonly TimeSpan RefusedFor = TimeSpan.FromSeconds(3);

    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(50);

    public static async Task<Membership> RunAsync(SupervisorRequest request, Func<Membership, Task> joined, CancellationToken cancellation)
    {
        using var data = DataDirectory.Open(request.DataDirectory);
        if (request.Token is not null) await JoinAsync(data, request, cancellation).ConfigureAwait(false);
        SupervisorFile.Write(request.DataDirectory);
        using var log = new WorkerLog(new LogFolder(Path.Combine(request.DataDirectory, "logs")), "supervisor");
        var options = new HostSupervisorOptions { Data = data, Address = request.Address, Loggers = new LogFactory(log) };
        if (request.Slots is { } slots) options = options with { Slots = slots };
        await using var supervisor = await HostSupervisor.StartAsync(options).ConfigureAwait(false);
        try
        {
            await ConnectAsync(supervisor, cancellation).ConfigureAwait(false);
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

    /// <returns>By the task: whether one ran, which has ended.</returns>
    public static async Task<bool> StopAsync(string dataDirectory, CancellationToken cancellation)
    {
        if (SupervisorFile.Read(dataDirectory) is not { } identity) return false;
        var process = WatchedProcess.Adopt(identity);
        if (!process.Send(ProcessSignal.Terminate)) return false;
        await process.Exited.WaitAsync(cancellation).ConfigureAwait(false);
        return true;
    }

    /// <summary>Waits for the first lease, or for what broke it. A daemon that is away is waited for; one that is there and has forgotten this supervisor is not.</summary>
    private static async Task ConnectAsync(HostSupervisor supervisor, CancellationToken cancellation)
    {
        var refusedFor = TimeSpan.Zero;
        while (!supervisor.Connected.IsCompleted && !supervisor.Completion.IsCompleted)
        {
            await Task.WhenAny(supervisor.Connected, supervisor.Completion, Task.Delay(LookEvery, cancellation)).ConfigureAwait(false);
            cancellation.ThrowIfCancellationRequested();
            if (supervisor.IsRefused) refusedFor += LookEvery;
            if (refusedFor < RefusedFor) continue;
            var member = supervisor.Membership;
            throw new JoinException(JoinProblem.Forgotten, $"The daemon at {member.Endpoint} does not know supervisor {member.Supervisor} any more: it was forgotten there, or the daemon's data were replaced.");
        }
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
