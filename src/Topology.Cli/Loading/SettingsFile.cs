namespace Topology.Cli;

/// <summary>A file of settings: YAML or JSON, by its name's ending.</summary>
internal static class SettingsFile
{
    /// <exception cref="CommandException">The file cannot be read, or holds something other than texts in maps.</exception>
    public static IReadOnlyDictionary<string, string> Read(string path)
    {
        var settings = new SettingsFlattener(path);
        try
        {
            switch (Path.GetExtension(path).ToUpperInvariant())
            {
                case ".YAML" or ".YML":
                    using (var text = File.OpenText(path)) YamlSettings.Read(text, settings);
                    break;
                case ".JSON":
                    JsonSettings.Read(File.ReadAllBytes(path), settings);
                    break;
                default:
                    throw new CommandException(ExitCode.Usage, $"--config {path}: neither .yaml nor .json", "a file of either kind");
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new CommandException(ExitCode.Usage, $"--config {path}: {exception.Message}", null, exception);
        }

        return settings.Settings;
    }
}
