using System.Collections.Immutable;
using Topology.Cluster;

namespace Topology.Cli;

/// <summary>Builds, packs and uploads a topology, has a cluster run it, and waits for what was asked for.</summary>
internal static class SubmitCommand
{
    public static async Task<int> ExecuteAsync(SubmitArguments arguments, CommandContext context)
    {
        // What is wrong is told before anything is built.
        var limit = ReadLimit(arguments);
        var settings = GivenSettings.Of(arguments.Set, arguments.Config);
        var assembly = TopologyAssembly.Locate(arguments.Path, context);
        var (type, manifest) = PackageContent.Of(assembly, arguments.Class, $"topology submit {arguments.Path}");
        using var interruption = new Interruption(context.Console);
        try
        {
            var service = await ClusterStart.ConnectAsync(arguments, context, interruption.Token).ConfigureAwait(false);
            var upload = await Upload.SendAsync(Path.GetDirectoryName(assembly)!, manifest, service, context, interruption.Token).ConfigureAwait(false);
            var request = new SubmitRequest(upload)
            {
                Class = type.FullName,
                Name = arguments.Name,
                Workers = arguments.Workers,
                Settings = settings.ToImmutableSortedDictionary(StringComparer.Ordinal),
                IsActive = !arguments.Inactive,
            };
            var topology = await SubmitAsync(request, arguments, service, context, interruption.Token).ConfigureAwait(false);
            return arguments.Wait is { } wait ? await SubmitWait.ForAsync(wait, limit, topology, arguments, service, context, interruption.Token).ConfigureAwait(false) : ExitCode.Success;
        }
        catch (OperationCanceledException) when (interruption.Token.IsCancellationRequested)
        {
            interruption.EndLine();
            context.Lines.Write("interrupted before it was known to be submitted: topology list");
            return ExitCode.Interrupted;
        }
    }

    private static TimeSpan? ReadLimit(SubmitArguments arguments)
    {
        if (arguments is { Timeout: not null, Wait: null }) throw new CommandException(ExitCode.Usage, "--timeout is of --wait", "--wait running or --wait completed");
        if (arguments is { Inactive: true, Wait: not null }) throw new CommandException(ExitCode.Usage, "--inactive starts nothing that --wait could wait for", "one of them");
        if (arguments.Workers < 1) throw new CommandException(ExitCode.Usage, $"--workers {arguments.Workers}: at least 1 is needed", "--workers 1");
        return DurationOption.Read("--timeout", arguments.Timeout);
    }

    private static async Task<SubmittedTopology> SubmitAsync(SubmitRequest request, SubmitArguments arguments, IClusterService service, CommandContext context, CancellationToken cancellation)
    {
        var outcome = await service.SubmitAsync(request, cancellation).ConfigureAwait(false);
        if (outcome.Verdict == CommandVerdict.NotFound) throw new CommandException(ExitCode.NotFound, outcome.Message);
        await service.RequireAcceptedAsync(arguments.Path, outcome, $"correct it, then: topology validate {arguments.Path} {arguments.Class}".TrimEnd()).ConfigureAwait(false);
        var id = outcome.Topology!;
        var name = arguments.Name ?? await NameAsync(id, service).ConfigureAwait(false) ?? id;
        var topology = new SubmittedTopology(id, name, request.Upload.Text);
        Answer.Write(topology, t => t.Id, () => context.Console.Out.WriteLine(OneLine.Of(id)), arguments.Output, context.Console);
        context.Lines.Write(OneLine.Of(outcome.Message));
        var cluster = ClusterStart.Words(arguments);
        context.Lines.Write(OneLine.Of($"  try: topology top {name}{cluster}"));
        context.Lines.Write(OneLine.Of($"       topology logs {name} -f{cluster}"));
        context.Lines.Write(OneLine.Of($"       topology kill {name}{cluster}"));
        return topology;
    }

    // It is submitted: from here on neither an interrupt nor a daemon that is gone may keep its id from being told.
    private static async Task<string?> NameAsync(string id, IClusterService service)
    {
        try
        {
            return (await service.DescribeAsync(id, CancellationToken.None).ConfigureAwait(false))?.Name;
        }
        catch (ClusterException)
        {
            return null;
        }
    }
}
