namespace Topology.Cli;

/// <summary>Which cluster a command is about.</summary>
/// <param name="Address">Where its daemon answers; null where none of the data directory lives.</param>
/// <param name="TokenFile">The file with its token.</param>
/// <param name="DataDirectory">The data directory of this machine that it was found by; null where it is named by an address or a context, so that nobody starts it here.</param>
internal sealed record ClusterTarget(Uri? Address, string TokenFile, string? DataDirectory)
{
    private const string ContextVariable = "TOPOLOGY_CONTEXT";

    /// <summary>
    /// The cluster of the options; else of the environment's or the chosen context; else of the default data directory, at the address that its living daemon wrote down.
    /// </summary>
    /// <remarks>No address is guessed: whoever has taken that of a dead daemon would be sent its token.</remarks>
    /// <exception cref="CommandException">The options contradict each other, an address cannot be read, or there is no such context.</exception>
    public static ClusterTarget Of(ClusterArguments arguments, CommandContext context)
    {
        var cluster = context.RequireCluster();
        if (arguments.Context is not null && (arguments.Address ?? arguments.Data) is not null)
            throw new CommandException(ExitCode.Usage, "--context says the address and the token, so --address and --data do not go with it", "one of them");
        if (arguments.Context is { } named) return Of(ContextFile.Of(context).Find(named));
        if (arguments.Address is { } address) return new ClusterTarget(ReadAddress(address), cluster.TokenFile(DataOf(arguments, cluster)), null);
        if (arguments.Data is null && context.Variable(ContextVariable) is { Length: > 0 } variable) return Of(ContextFile.Of(context).Find(variable));
        if (arguments.Data is null && ContextFile.Of(context).Current is { } current) return Of(current);
        var data = DataOf(arguments, cluster);
        return new ClusterTarget(cluster.FindDaemon(data) is { IsLiving: true } daemon ? daemon.Address : null, cluster.TokenFile(data), data);
    }

    /// <exception cref="CommandException">It is none.</exception>
    public static Uri ReadAddress(string text) => Uri.TryCreate(text, UriKind.Absolute, out var address) && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps)
        ? address
        : throw new CommandException(ExitCode.Usage, $"--address {text}: no address of a daemon", "--address http://127.0.0.1:7411");

    private static ClusterTarget Of(ContextEntry entry) => new(entry.Address, entry.TokenFile, null);

    private static string DataOf(ClusterArguments arguments, ICluster cluster) => Path.GetFullPath(arguments.Data ?? cluster.DefaultDataDirectory);
}
