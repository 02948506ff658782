using System.Globalization;

namespace Topology.Cli;

/// <summary>The settings that a command's arguments give: files first, later ones over earlier, then <c>--set</c>, then options of their own.</summary>
internal static class GivenSettings
{
    /// <exception cref="CommandException">An argument or a file cannot be read.</exception>
    public static IReadOnlyDictionary<string, string> Of(TopologyArguments arguments)
    {
        var settings = Of(arguments.Set, arguments.Config);
        if (arguments is RunArguments { Workers: { } workers }) settings["topology.workers"] = workers.ToString(CultureInfo.InvariantCulture);
        return settings;
    }

    /// <param name="set">Values of <c>--set</c>.</param>
    /// <param name="config">Values of <c>--config</c>.</param>
    /// <exception cref="CommandException">An argument or a file cannot be read.</exception>
    public static Dictionary<string, string> Of(IEnumerable<string> set, IEnumerable<string> config)
    {
        var settings = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var file in config)
        {
            foreach (var (key, value) in SettingsFile.Read(file)) settings[key] = value;
        }

        foreach (var assignment in set)
        {
            var parts = assignment.Split('=', 2);
            if (parts.Length < 2 || parts[0].Trim().Length == 0)
                throw new CommandException(ExitCode.Usage, $"--set {assignment}: a setting is written key=value", "--set key=value");
            settings[parts[0].Trim()] = parts[1];
        }

        return settings;
    }
}
