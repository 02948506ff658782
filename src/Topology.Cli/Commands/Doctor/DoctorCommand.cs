namespace Topology.Cli;

/// <summary>Looks at what a cluster needs on this machine, and mends what it can.</summary>
internal static class DoctorCommand
{
    public static async Task<int> ExecuteAsync(DoctorArguments arguments, CommandContext context)
    {
        var target = ClusterTarget.Of(arguments, context);
        List<Finding> findings = [ZmqCheck.Look(), .. RuntimeDirectoryCheck.Look(context)];
        if (target.DataDirectory is { } data) findings.AddRange([.. DataDirectoryCheck.Look(data), .. StoreCheck.Look(data)]);
        findings.Add(TokenFileCheck.Look(target.TokenFile));
        if (target.DataDirectory is { } directory) findings.AddRange(DaemonCheck.Leftovers(directory, context.RequireCluster()));
        findings.AddRange(await DaemonCheck.LookAsync(target, context).ConfigureAwait(false));
        if (arguments.Fix) findings = [.. findings.Select(f => f.Mended())];
        Answer.Write(findings, f => f.Check, () => Write(findings, context.Console), arguments.Output, context.Console);
        return findings.Any(f => f.Kind == FindingKind.Problem) ? ExitCode.Lost : ExitCode.Success;
    }

    private static void Write(IEnumerable<Finding> findings, IConsole console)
    {
        foreach (var finding in findings)
        {
            console.Out.WriteLine(OneLine.Of($"{finding.Kind.ToString().ToLowerInvariant(),-7}  {finding.Check}: {finding.Text}"));
            if (finding.Next is { } next) console.Out.WriteLine(OneLine.Of($"         try: {next}"));
        }
    }
}
