namespace Topology.Cluster;

/// <summary>
/// Packages of topologies, by content: <c>zips/‹id›.zip</c> as received, <c>unpacked/‹id›</c> as used, and <c>incoming</c> for what is not finished, which is emptied at opening.
/// An upload or an unpacked directory is visible whole, fsynced, or not at all. One store has a directory, which lies in a <see cref="DataDirectory"/>. Thread-safe.
/// </summary>
public sealed class UploadStore
{
    /// <summary>Held while the numbers change; last where both are held.</summary>
    private readonly Lock _lock = new();

    /// <summary>Held while finished uploads come, go or are unpacked, which may take long.</summary>
    private readonly Lock _content = new();
    private readonly string _zips;
    private readonly string _unpacked;
    private readonly string _incoming;
    private readonly TimeProvider _time;
    private long _bytes;
    private long _names;
    private int _receiving;

    private UploadStore(string directory, UploadLimits limits, TimeProvider time)
    {
        (Limits, _time) = (limits, time);
        _zips = Path.Combine(directory, "zips");
        _unpacked = Path.Combine(directory, "unpacked");
        _incoming = Path.Combine(directory, "incoming");
    }

    /// <summary>What an upload may be.</summary>
    public UploadLimits Limits { get; }

    /// <summary>Bytes on disk of all uploads, unpacked ones and those being received included.</summary>
    public long Bytes
    {
        get
        {
            lock (_lock) return _bytes;
        }
    }

    /// <summary>Opens the uploads of a directory, which is made with the rights 0700 if there is none. Removes what was not finished.</summary>
    /// <param name="directory">A directory of its own, inside the data directory that this process holds.</param>
    /// <param name="limits">Null for the defaults.</param>
    /// <param name="time">Null for the system's clock.</param>
    /// <exception cref="UploadException">The directory cannot be used.</exception>
    public static UploadStore Open(string directory, UploadLimits? limits = null, TimeProvider? time = null)
    {
        var store = new UploadStore(Path.GetFullPath(directory), limits ?? new UploadLimits(), time ?? TimeProvider.System);
        try
        {
            UploadDirectories.Delete(store._incoming);
            foreach (var part in new[] { store._zips, store._unpacked, store._incoming }) UploadDirectories.Make(part);
            store._bytes = UploadDirectories.BytesIn(store._zips) + UploadDirectories.BytesIn(store._unpacked);
            return store;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new UploadException($"The uploads' directory {directory} cannot be used: {error.Message}", error);
        }
    }

    /// <summary>Whether an upload is here, whole.</summary>
    public bool Contains(UploadId id) => File.Exists(ZipOf(id));

    /// <summary>The uploads that are here, by id.</summary>
    public IReadOnlyList<UploadId> List() =>
        [.. Directory.EnumerateFiles(_zips, "*.zip").Select(file => UploadId.TryParse(Path.GetFileNameWithoutExtension(file), out var id) ? id : null).OfType<UploadId>().OrderBy(id => id.Text, StringComparer.Ordinal)];

    /// <summary>Begins to receive an upload. Two may receive the same content at the same time: both succeed, and one copy is kept.</summary>
    /// <param name="announced">The id that its content is to have.</param>
    /// <returns>What to append to. Disposed before it is complete, it leaves nothing.</returns>
    /// <exception cref="UploadException">Too many are being received, or the disk is used up.</exception>
    public IncomingUpload Begin(UploadId announced)
    {
        ArgumentNullException.ThrowIfNull(announced);
        lock (_lock)
        {
            if (_receiving >= Limits.Receiving) throw new UploadException($"{_receiving} uploads are being received, which is the limit: try again when one has ended.");
            var upload = new IncomingUpload(this, announced, NewIncoming());
            _receiving++;
            return upload;
        }
    }

    /// <summary>Unpacks an upload, unless it is unpacked already. The directory is whole, on disk, and cannot be written to: directories are 0500 and files 0400. One at a time.</summary>
    /// <returns>The directory's full path. It stays until <see cref="DeleteUnreferenced"/> deletes the upload.</returns>
    /// <exception cref="UploadException">There is no such upload, an entry is refused, or it is over a limit. Nothing is left of it but the zip.</exception>
    public string Unpack(UploadId id)
    {
        ArgumentNullException.ThrowIfNull(id);
        lock (_content)
        {
            try
            {
                if (!Contains(id)) throw new UploadException($"There is no upload {id}: send it first.");
                File.SetLastWriteTimeUtc(ZipOf(id), _time.GetUtcNow().UtcDateTime);
                var target = Path.Combine(_unpacked, id.Text);
                if (!Directory.Exists(target)) UnpackTo(id, target);
                return target;
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                throw new UploadException($"Upload {id} cannot be unpacked: {error.Message}", error);
            }
        }
    }

    /// <summary>Reads a part of an upload as it was received.</summary>
    /// <param name="id">The upload.</param>
    /// <param name="offset">Where the part begins; 0 up to its length.</param>
    /// <param name="most">How many bytes at most; the part is shorter at the end.</param>
    /// <returns>The part, and the length of the whole upload.</returns>
    /// <exception cref="UploadException">There is no such upload, or no such part of it.</exception>
    internal (byte[] Part, long Length) ReadZip(UploadId id, long offset, int most)
    {
        try
        {
            if (!Contains(id)) throw new UploadException($"There is no upload {id}: send it first.");
            using var zip = File.OpenHandle(ZipOf(id));
            var length = RandomAccess.GetLength(zip);
            if (offset < 0 || offset > length) throw new UploadException($"Upload {id} has {length} bytes, and none at {offset}.");
            var part = new byte[Math.Min(most, length - offset)];
            return (part[..RandomAccess.Read(zip, part, offset)], length);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new UploadException($"Upload {id} cannot be read: {error.Message}", error);
        }
    }

    /// <summary>Deletes the uploads that nothing refers to and that have not been received or unpacked within <see cref="UploadLimits.Grace"/>.</summary>
    /// <param name="referenced">The uploads of all topologies that are kept.</param>
    /// <returns>Those that were deleted.</returns>
    /// <exception cref="UploadException">One cannot be deleted; those before it were.</exception>
    public IReadOnlyList<UploadId> DeleteUnreferenced(IReadOnlySet<UploadId> referenced)
    {
        ArgumentNullException.ThrowIfNull(referenced);
        lock (_content)
        {
            var before = (_time.GetUtcNow() - Limits.Grace).UtcDateTime;
            var unused = List().Where(id => !referenced.Contains(id) && File.GetLastWriteTimeUtc(ZipOf(id)) < before).ToArray();
            foreach (var id in unused) Delete(id);
            return unused;
        }
    }

    /// <summary>Takes room for bytes that are about to be written.</summary>
    /// <exception cref="UploadException">There is none.</exception>
    internal void Take(long bytes)
    {
        lock (_lock)
        {
            if (_bytes + bytes > Limits.StoreBytes) throw new UploadException($"All uploads together would have {_bytes + bytes} bytes; the limit is {Limits.StoreBytes}. Remove topologies that have ended.");
            _bytes += bytes;
        }
    }

    internal void GiveBack(long bytes)
    {
        lock (_lock) _bytes -= bytes;
    }

    /// <summary>Makes a received file an upload.</summary>
    internal void Publish(IncomingUpload upload)
    {
        lock (_content)
        {
            var zip = ZipOf(upload.Announced);
            // The same content: one of the two goes.
            if (File.Exists(zip)) GiveBack(upload.Bytes);
            File.SetLastWriteTimeUtc(upload.File, _time.GetUtcNow().UtcDateTime);
            File.Move(upload.File, zip, overwrite: true);
            NativeFile.FlushDirectory(_zips);
        }
    }

    internal void End()
    {
        lock (_lock) _receiving--;
    }

    private void UnpackTo(UploadId id, string target)
    {
        var unfinished = NewIncoming();
        var taken = 0L;
        try
        {
            using var zip = new FileStream(ZipOf(id), FileMode.Open, FileAccess.Read);
            var unpacker = new ZipUnpacker(Limits);
            var (items, bytes) = unpacker.Check(zip);
            Take(bytes);
            taken = bytes;
            UploadDirectories.Make(unfinished);
            unpacker.Unpack(zip, items, unfinished);
            UploadDirectories.Seal(unfinished);
            Directory.Move(unfinished, target);
            UploadDirectories.SealRoot(target);
            NativeFile.FlushDirectory(_unpacked);
        }
        catch
        {
            UploadDirectories.Delete(unfinished);
            if (!Directory.Exists(target)) GiveBack(taken);
            throw;
        }
    }

    private void Delete(UploadId id)
    {
        try
        {
            var (zip, directory) = (ZipOf(id), Path.Combine(_unpacked, id.Text));
            var bytes = new FileInfo(zip).Length;
            if (Directory.Exists(directory))
            {
                bytes += UploadDirectories.BytesIn(directory);
                UploadDirectories.Delete(directory);
            }

            // The zip goes last: as long as it is there, the next call finds what a crash has left.
            File.Delete(zip);
            GiveBack(bytes);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new UploadException($"Upload {id} cannot be deleted: {error.Message}", error);
        }
    }

    private string NewIncoming() => Path.Combine(_incoming, $"{Interlocked.Increment(ref _names):x}");

    private string ZipOf(UploadId id) => Path.Combine(_zips, $"{id.Text}.zip");
}
