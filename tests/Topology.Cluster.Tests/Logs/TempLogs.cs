namespace Topology.Cluster.Tests;

/// <summary>A folder of logs that is gone after the test.</summary>
internal sealed class TempLogs : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("topology-logs-").FullName;

    public LogFolder Folder => new(Path);

    /// <summary>Writes one file of a log as it is.</summary>
    public void Write(string name, int number, string text) => File.WriteAllText(Folder.PathOf(name, number), text);

    public void Append(string name, int number, string text) => File.AppendAllText(Folder.PathOf(name, number), text);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
