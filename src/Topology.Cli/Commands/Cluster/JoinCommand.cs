using Topology.Cluster;

namespace Topology.Cli;

/// <summary>Is a supervisor of a daemon on another host, or starts one.</summary>
internal static class JoinCommand
{
    /// <summary>A token has less than 300 characters.</summary>
    private const int MostCharacters = 4_096;

    public static async Task<int> ExecuteAsync(JoinArguments arguments, CommandContext context)
    {
        if (arguments.Slots < 0) throw new CommandException(ExitCode.Usage, $"--slots {arguments.Slots}: 0 or more are needed", "--slots 4");
        var cluster = context.RequireCluster();
        var data = Path.GetFullPath(arguments.Data ?? cluster.DefaultDataDirectory);
        if (arguments.Stop) return await StopAsync(cluster, data, arguments, context).ConfigureAwait(false);
        var address = arguments.Host is { } host ? ListenOption.RequireAddress(host) : null;
        var token = arguments.File is { } file ? ReadToken(file, context) : null;
        var request = new SupervisorRequest(data, token, arguments.Slots, arguments.Name, address);
        using var interruption = new Interruption(context.Console);
        try
        {
            await cluster.JoinAsync(request, arguments.Detach, membership => GreetAsync(membership, arguments, data, context), interruption.Token).ConfigureAwait(false);
        }
        catch (JoinException error)
        {
            throw new CommandException(ExitCodeOf(error.Problem), error.Message, NextAfter(error.Problem), error);
        }
        catch (DataDirectoryException error) when (error.IsInUse)
        {
            throw new CommandException(ExitCode.Conflict, error.Message, "--data with another directory", error);
        }
        catch (OperationCanceledException) when (interruption.Token.IsCancellationRequested)
        {
            context.Lines.Write("interrupted");
            return ExitCode.Interrupted;
        }
        catch (TopologyException error)
        {
            throw new CommandException(ExitCode.Lost, error.Message, "topology doctor", error);
        }

        if (!arguments.Detach) context.Lines.Write("the supervisor has ended; its workers go on for a while, and are taken over by the next one: topology join --data " + data);
        return ExitCode.Success;
    }

    private static async Task<int> StopAsync(ICluster cluster, string data, JoinArguments arguments, CommandContext context)
    {
        if (arguments.File is not null || arguments.Detach) throw new CommandException(ExitCode.Usage, "--stop goes with neither a token nor --detach", "topology join --stop --data DIR");
        using var interruption = new Interruption(context.Console);
        try
        {
            if (!await cluster.StopSupervisorAsync(data, interruption.Token).ConfigureAwait(false)) throw new CommandException(ExitCode.NotFound, $"no supervisor runs with its data in {data}", "--data with its directory");
        }
        catch (OperationCanceledException) when (interruption.Token.IsCancellationRequested)
        {
            context.Lines.Write("interrupted");
            return ExitCode.Interrupted;
        }

        context.Lines.Write("the supervisor has ended; its workers go on for a while, and are taken over by the next one: topology join --detach --data " + data);
        return ExitCode.Success;
    }

    private static async Task GreetAsync(Membership membership, JoinArguments arguments, string data, CommandContext context)
    {
        context.Console.Out.WriteLine(OneLine.Of(membership.Supervisor));
        await context.Console.Out.FlushAsync().ConfigureAwait(false);
        var note = arguments.Detach ? "" : "; Ctrl-C ends it, and leaves workers to the next one";
        context.Lines.Write(OneLine.Of($"supervisor {membership.Supervisor} keeps workers of the daemon at {membership.Endpoint} (data in {data}){note}"));
    }

    /// <exception cref="CommandException">There is none.</exception>
    private static JoinToken ReadToken(string file, CommandContext context)
    {
        try
        {
            using var reader = file == "-" ? context.Console.OpenIn() : new StreamReader(file);
            var text = new char[MostCharacters];
            var length = reader.ReadBlock(text);
            if (JoinToken.TryParse(new string(text, 0, length), out var token)) return token;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new CommandException(ExitCode.Usage, $"the token cannot be read: {error.Message}", "topology join FILE, or topology join - with the token on standard input", error);
        }

        throw new CommandException(ExitCode.Usage, $"{(file == "-" ? "standard input" : file)} holds no token", "what 'topology token' prints on the daemon's host, whole");
    }

    private static int ExitCodeOf(JoinProblem problem) => problem switch
    {
        JoinProblem.Unreachable => ExitCode.Unreachable,
        JoinProblem.WrongDaemon or JoinProblem.UnknownToken or JoinProblem.UsedToken or JoinProblem.ExpiredToken or JoinProblem.Forgotten => ExitCode.Unauthorized,
        JoinProblem.OtherCluster => ExitCode.Conflict,
        JoinProblem.NotJoined => ExitCode.Usage,
        _ => ExitCode.Lost,
    };

    private static string NextAfter(JoinProblem problem) => problem switch
    {
        JoinProblem.Unreachable => "see that the daemon is up with --listen, and that no firewall is between; the token is good until it has been used",
        JoinProblem.WrongDaemon => "see what listens there; if the daemon's data directory was replaced, a new token: topology token",
        JoinProblem.OtherCluster => "--data with another directory",
        JoinProblem.NotJoined => "topology token on the daemon's host, then topology join FILE here",
        _ => "a new token, on the daemon's host: topology token",
    };
}
