namespace Topology.Cluster;

/// <summary>What the durable store refuses or cannot do. The message says what to do next.</summary>
public class StoreException : TopologyException
{
    /// <inheritdoc/>
    public StoreException(string message) : base(message)
    {
    }

    /// <inheritdoc/>
    public StoreException(string message, Exception? inner) : base(message, inner)
    {
    }
}

/// <summary>A change that goes against what is kept, such as a name in use or a generation that falls. Nothing was changed; the same change will fail again.</summary>
public sealed class StoreConflictException(string message) : StoreException(message);

/// <summary>Another process has the data directory, or it cannot be used safely.</summary>
public sealed class DataDirectoryException(string message, Exception? inner = null) : StoreException(message, inner)
{
    /// <summary>Whether another process has it, and nothing else is wrong.</summary>
    public bool IsInUse { get; init; }
}

/// <summary>The disk, or the size that the store was given, is used up. The change was not made; the store can be read, and written again once there is room.</summary>
public sealed class StoreFullException(string message, Exception? inner = null) : StoreException(message, inner);

/// <summary>The file was written by a newer version, or is not one of ours. It was not touched.</summary>
public sealed class StoreVersionException(string message) : StoreException(message);

/// <summary>The file cannot be trusted.</summary>
public sealed class StoreCorruptException(string file, string what, Exception? inner = null)
    : StoreException($"The store {file} is damaged: {what} It was left as it is. Restore a backup in its place, or begin with an empty store: topology doctor --fix --data {Path.GetDirectoryName(file)} keeps the damaged one beside it.", inner)
{
    /// <summary>The full path of the damaged file.</summary>
    public string File { get; } = file;
}
