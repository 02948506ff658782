using Microsoft.Win32.SafeHandles;

namespace Topology.Cluster;

/// <summary>One log, read from file to file, line by line. Only a line that has its end is taken, unless its file is complete.</summary>
internal sealed class LogSource : IDisposable
{
    private const int ChunkBytes = 64 * 1024;

    private readonly Queue<LogLine> _lines = [];
    private readonly byte[] _chunk = new byte[ChunkBytes];
    private readonly LogFolder _folder;
    private readonly DateTimeOffset? _since;
    private readonly LogEntries _entries;
    private SafeFileHandle? _file;
    private int _number;
    private long _position;

    /// <exception cref="ArgumentException">The name is none of a log.</exception>
    public LogSource(LogFolder folder, string name, DateTimeOffset? since)
    {
        _folder = folder;
        _since = since;
        _entries = new(name);
        Name = name;
    }

    public string Name { get; }

    /// <summary>What orders the next line among those of other logs: its time, or that of an earlier line, since lines of one log never change places.</summary>
    public DateTimeOffset Key { get; private set; } = DateTimeOffset.MinValue;

    /// <summary>Whether there is a line now; reads on if need be.</summary>
    public bool HasLine()
    {
        while (_lines.Count == 0)
        {
            if (!ReadOn()) return false;
        }

        if (_lines.Peek().Time > Key) Key = _lines.Peek().Time;
        return true;
    }

    public LogLine Take() => _lines.Dequeue();

    public void Dispose() => _file?.Dispose();

    /// <returns>False at the end of what is there.</returns>
    private bool ReadOn()
    {
        // Looked for before the file is read to its end: the one that is complete by then is.
        var next = NextNumber();
        if (_file is not null && RandomAccess.Read(_file, _chunk, _position) is > 0 and var count)
        {
            _position += count;
            _entries.Add(_chunk.AsSpan(0, count), _lines);
            return true;
        }

        if (next == 0)
        {
            _entries.EndEntry(_lines);
            return _lines.Count > 0;
        }

        _entries.EndFile(_lines);
        Open(next);
        return true;
    }

    /// <summary>The number of the file after the present one; 0 for none.</summary>
    private int NextNumber()
    {
        var later = _folder.Numbers(Name).Where(number => number > _number).ToList();
        // A file that was last written to before that time has no line of it.
        while (_number == 0 && later.Count > 1 && File.GetLastWriteTimeUtc(_folder.PathOf(Name, later[0])) < _since) later.RemoveAt(0);
        return later.FirstOrDefault();
    }

    private void Open(int number)
    {
        _file?.Dispose();
        _file = null;
        _number = number;
        _position = 0;
        var path = _folder.PathOf(Name, number);
        try
        {
            var file = FileCalls.Open(path, OpenFlags.ReadOnly);
            if (FileCalls.IsPlain(file)) _file = file;
            else file.Dispose();
            _entries.BeginFile(File.GetLastWriteTimeUtc(path));
        }
        catch (IOException)
        {
            // Deleted in the meantime, a link, or not to be read: the next one then.
        }
    }
}
