namespace Topology.Cluster;

/// <summary>Shorter ways to make changes.</summary>
public static class ClusterStoreExtensions
{
    /// <summary>Makes a change and waits for it.</summary>
    /// <inheritdoc cref="IClusterStore.WriteAsync{T}"/>
    public static T Write<T>(this IClusterStore store, Func<IStoreWriter, T> change)
    {
        ArgumentNullException.ThrowIfNull(store);
        return store.WriteAsync(change).GetAwaiter().GetResult();
    }

    /// <inheritdoc cref="Write{T}"/>
    public static void Write(this IClusterStore store, Action<IStoreWriter> change)
    {
        ArgumentNullException.ThrowIfNull(store);
        store.WriteAsync(change).GetAwaiter().GetResult();
    }

    /// <inheritdoc cref="IClusterStore.WriteAsync{T}"/>
    public static Task WriteAsync(this IClusterStore store, Action<IStoreWriter> change)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(change);
        return store.WriteAsync(writer =>
        {
            change(writer);
            return true;
        });
    }
}
