using Topology.Cluster;

namespace Topology.Cli;

/// <summary>Whether a daemon can begin on the store of a data directory.</summary>
internal static class StoreCheck
{
    private const string Name = "store";

    public static IEnumerable<Finding> Look(string dataDirectory)
    {
        // One that a command would have to make is none to look at.
        if (!Directory.Exists(dataDirectory)) return [];
        try
        {
            using var directory = DataDirectory.Open(dataDirectory);
            SqliteClusterStore.Check(directory);
            return [new Finding(Name, FindingKind.Ok, "it is whole, or not there yet")];
        }
        catch (DataDirectoryException exception)
        {
            // Others may use it: that is told by its own check.
            return exception.IsInUse ? [new Finding(Name, FindingKind.Ok, "a daemon has it, and checked it at its start")] : [];
        }
        catch (StoreCorruptException exception)
        {
            return [new Finding(Name, FindingKind.Problem, exception.Message, $"topology doctor --fix --data {dataDirectory}") { Fix = () => SetAside(dataDirectory) }];
        }
        catch (StoreException exception)
        {
            return [new Finding(Name, FindingKind.Problem, exception.Message)];
        }
    }

    private static string SetAside(string dataDirectory)
    {
        using var directory = DataDirectory.Open(dataDirectory);
        return $"it was damaged, and is kept as {SqliteClusterStore.SetAside(directory)}; the next daemon begins with an empty store: what ran has to be submitted again, and begins where its spouts begin without a position";
    }
}
