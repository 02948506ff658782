namespace Topology;

/// <summary>The bytes of a file ahead of a place in it, as many as are asked for.</summary>
internal sealed class FileWindow
{
    // What is looked at to tell text from other files, as grep and git do.
    private const int ProbeBytes = 8 * 1024;

    private byte[] _buffer = new byte[64 * 1024];
    private Stream _stream = Stream.Null;
    private int _start;
    private int _end;

    /// <summary>What was read and not taken.</summary>
    public ReadOnlySpan<byte> Ahead => _buffer.AsSpan(_start, _end - _start);

    /// <summary>Whether the file ends where <see cref="Ahead"/> does.</summary>
    public bool IsAtEnd { get; private set; } = true;

    /// <summary>Begins a stream. The window does not dispose it.</summary>
    public void Open(Stream stream)
    {
        _stream = stream;
        (_start, _end, IsAtEnd) = (0, 0, false);
    }

    /// <summary>Goes to a place of the stream.</summary>
    public void Seek(long offset)
    {
        _stream.Seek(offset, SeekOrigin.Begin);
        Open(_stream);
    }

    /// <summary>Whether there is a zero byte among the first 8 KiB; asked before anything is taken.</summary>
    public bool IsBinary()
    {
        while (Ahead.Length < ProbeBytes && !IsAtEnd) Grow();
        return Ahead[..Math.Min(ProbeBytes, Ahead.Length)].Contains((byte)0);
    }

    /// <summary>Takes bytes away from the front.</summary>
    public void Take(int bytes) => _start += bytes;

    /// <summary>Reads what one call of the stream gives, or finds its end. Without it, a full buffer doubles.</summary>
    public void Grow()
    {
        if (_end == _buffer.Length) MakeRoom();
        var read = _stream.Read(_buffer, _end, _buffer.Length - _end);
        IsAtEnd = read == 0;
        _end += read;
    }

    private void MakeRoom()
    {
        var target = _start > 0 ? _buffer : new byte[_buffer.Length * 2];
        Ahead.CopyTo(target);
        (_buffer, _start, _end) = (target, 0, _end - _start);
    }
}
