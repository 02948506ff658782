namespace Topology.Cluster;

/// <summary>
/// What the master keeps over restarts. All members may be used from any thread.
/// A change is a function over <see cref="IStoreWriter"/> and is made whole or not at all; changes happen one after the other.
/// </summary>
public interface IClusterStore : IDisposable
{
    /// <summary>Names this cluster; made when the store was, and never changed.</summary>
    string ClusterId { get; }

    /// <summary>
    /// Makes a change. When the task ends well, the change is as durable as the implementation says: <see cref="SqliteClusterStore"/> has it on disk, so it survives <c>kill -9</c> and,
    /// where the disk keeps its word, a power cut; <see cref="MemoryClusterStore"/> keeps it for as long as the process lives. Later reads and changes see it.
    /// </summary>
    /// <typeparam name="T">What the change answers.</typeparam>
    /// <param name="change">What to do. It may run on another thread and more than once, of which only the last run counts, so it has no effects but those on the writer,
    /// waits for nothing, keeps neither the writer nor anything lazy of it, and does not call the store. If it throws, nothing was changed and the task fails with what it threw.</param>
    /// <exception cref="StoreFullException">By the task: there is no room. Nothing was changed.</exception>
    /// <exception cref="StoreException">By the task: the disk failed, or too many changes are waiting (more than 10,000). Nothing was changed as far as the store can tell;
    /// when the disk failed, all later changes are refused until the store is opened again.</exception>
    /// <exception cref="ObjectDisposedException">By the task: the store is closed.</exception>
    Task<T> WriteAsync<T>(Func<IStoreWriter, T> change);

    /// <summary>Reads as of one moment: everything that <paramref name="read"/> asks for fits together, and every change that has been answered before is in it.</summary>
    /// <typeparam name="T">What is made of it.</typeparam>
    /// <param name="read">Runs on the calling thread, beside changes and other reads. Keeps neither the reader nor anything lazy of it.</param>
    /// <exception cref="StoreCorruptException">The file was damaged since it was opened.</exception>
    /// <exception cref="ObjectDisposedException">The store is closed.</exception>
    T Read<T>(Func<IStoreReader, T> read);
}
