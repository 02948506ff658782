using Microsoft.Win32.SafeHandles;

namespace Topology.Cluster;

/// <summary>The files of one log, being written: they follow one another by size, and the oldest are deleted.</summary>
internal sealed class LogFiles : ILogSink
{
    private const int StandardOutput = 1;
    private const int StandardError = 2;

    private readonly LogFolder _folder;
    private readonly string _name;
    private readonly WorkerLogOptions _options;
    private SafeFileHandle _file;
    private int _number;
    private bool _isTorn;

    /// <exception cref="IOException">The file cannot be made or opened.</exception>
    public LogFiles(LogFolder folder, string name, WorkerLogOptions options)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.FileBytes, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Files, 1);
        _folder = folder;
        _name = name;
        _options = options;
        _ = folder.CurrentFile(name);
        _number = folder.Numbers(name) is [.., var last] ? last : 1;
        _file = Open(_number);
        Turn();
    }

    public string? Append(ReadOnlySpan<byte> bytes)
    {
        // Full, and the next file could not be made.
        if (Length() >= 2 * _options.FileBytes) return "the next file cannot be made";
        if (_isTorn && FileCalls.Append(_file, "\n"u8).Error is { } still) return still;
        _isTorn = false;
        var (written, error) = FileCalls.Append(_file, bytes);
        _isTorn = error is not null && written > 0;
        return error;
    }

    public void Turn()
    {
        if (Length() < _options.FileBytes) return;
        try
        {
            // First, since the disk may be full.
            DeleteOld();
            var next = Open(_number + 1);
            _number++;
            _file.Dispose();
            _file = next;
            _isTorn = false;
            if (_options.HasStandardStreams) RedirectStandardStreams();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Tried again with the next entries.
        }
    }

    public void Dispose() => _file.Dispose();

    private SafeFileHandle Open(int number)
    {
        var path = _folder.PathOf(_name, number);
        FileCalls.Make(path);
        var file = FileCalls.Open(path, OpenFlags.WriteOnly | OpenFlags.Append);
        if (FileCalls.IsPlain(file)) return file;
        file.Dispose();
        throw new IOException($"{path} is no plain file: remove it.");
    }

    // What a runtime says when it crashes goes straight to these.
    private void RedirectStandardStreams()
    {
        FileCalls.Redirect(_file, StandardOutput);
        FileCalls.Redirect(_file, StandardError);
    }

    private void DeleteOld()
    {
        var numbers = _folder.Numbers(_name);
        // Room for the one that follows.
        foreach (var number in numbers.Take(Math.Max(0, numbers.Count + 1 - _options.Files))) File.Delete(_folder.PathOf(_name, number));
    }

    private long Length()
    {
        try
        {
            return RandomAccess.GetLength(_file);
        }
        catch (IOException)
        {
            return 0;
        }
    }
}
