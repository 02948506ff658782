using Topology.Cluster;

namespace Topology.Cli;

/// <summary>The file <c>supervisor.pid</c> of a data directory: which process is its supervisor, once that has had its first lease.</summary>
internal static class ConnectedFile
{
    public static void Write(string dataDirectory) => File.WriteAllText(PathIn(dataDirectory), ProcessIdentity.Current.ToString());

    public static void Delete(string dataDirectory) => File.Delete(PathIn(dataDirectory));

    /// <returns>Null where there is none.</returns>
    public static ProcessIdentity? Read(string dataDirectory)
    {
        try
        {
            return ProcessIdentity.TryParse(File.ReadAllText(PathIn(dataDirectory)), out var process) ? process : null;
        }
        catch (IOException)
        {
            return null;
        }
    }

    private static string PathIn(string dataDirectory) => Path.Combine(dataDirectory, "supervisor.pid");
}
