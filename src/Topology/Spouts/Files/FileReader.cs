using Microsoft.Extensions.Logging;

namespace Topology;

/// <summary>
/// Reads the files that were dealt to one task, piece by piece. Files that cannot be read and files that are no text are skipped with a warning.
/// </summary>
/// <param name="files">The files, in the order of reading.</param>
/// <param name="maxPieceBytes">How long a piece may be before it is cut.</param>
/// <param name="cut">Says how long the next piece is; see <see cref="FilesSpout.Cut"/>.</param>
/// <param name="toText">Makes text of a piece.</param>
/// <param name="logger">Hears of what is skipped and cut.</param>
internal sealed class FileReader(IEnumerable<InputFile> files, int maxPieceBytes, FileReader.Cutter cut, FileReader.Decoder toText, ILogger logger) : IDisposable
{
    private readonly IEnumerator<InputFile> _files = files.GetEnumerator();
    private readonly FileWindow _window = new();
    private FileStream? _stream;
    private FilePosition? _resume;
    private long _offset;
    private long _line;
    private long _cutLine;

    internal delegate int Cutter(ReadOnlySpan<byte> ahead, bool isEndOfFile);

    internal delegate string Decoder(ReadOnlySpan<byte> piece);

    /// <summary>Whether every file was read to its end.</summary>
    public bool IsAtEnd { get; private set; }

    /// <summary>How many pieces were read, those before a restart included.</summary>
    public long Ordinal { get; private set; }

    /// <summary>The file that was read last; null before the first.</summary>
    public InputFile? Current { get; private set; }

    /// <summary>Where in that file reading goes on, in bytes.</summary>
    public long Offset => _offset;

    /// <summary>The number of the line there, from 1.</summary>
    public long Line => _line;

    /// <summary>Has reading go on in the first of the files, at a place in it; before the first read.</summary>
    public void Resume(FilePosition? position, long ordinal)
    {
        _resume = position;
        Ordinal = ordinal;
    }

    /// <summary>Reads the next piece.</summary>
    /// <returns>False when there is none left.</returns>
    public bool TryRead(out FilePiece piece)
    {
        while (_stream is not null || TryOpenNext())
        {
            if (TryReadPiece(out piece)) return true;
            CloseFile();
        }

        IsAtEnd = true;
        piece = default;
        return false;
    }

    public void Dispose()
    {
        CloseFile();
        _files.Dispose();
    }

    private bool TryOpenNext()
    {
        while (_files.MoveNext())
        {
            if (TryOpen(_files.Current)) return true;
            CloseFile();
        }

        return false;
    }

    private bool TryOpen(InputFile file)
    {
        var resume = _resume;
        _resume = null;
        try
        {
            // The window is a buffer of its own.
            var stream = _stream = new FileStream(file.Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0, FileOptions.SequentialScan);
            _window.Open(stream);
            if (_window.IsBinary())
            {
                logger.LogWarning("{File} is skipped because it is no text: it holds a zero byte.", file.Path);
                return false;
            }

            Begin(file, stream, resume);
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            logger.LogWarning("{File} is skipped because it cannot be read: {Reason}", file.Path, exception.Message);
            return false;
        }
    }

    private void Begin(InputFile file, FileStream stream, FilePosition? resume)
    {
        (Current, _offset, _line, _cutLine) = (file, 0, 1, 0);
        if (resume is not { } place) return;
        if (place.Offset > stream.Length)
        {
            logger.LogWarning("{File} is read again from its start, because it is shorter than it was.", file.Path);
            return;
        }

        (_offset, _line) = (place.Offset, place.Line);
        _window.Seek(_offset);
    }

    private bool TryReadPiece(out FilePiece piece)
    {
        piece = default;
        try
        {
            var length = NextLength();
            if (length == 0) return false;
            Take(length, out piece);
            return true;
        }
        catch (IOException exception)
        {
            logger.LogWarning("The rest of {File} is skipped because it cannot be read: {Reason}", Current!.Path, exception.Message);
            return false;
        }
    }

    private void Take(int length, out FilePiece piece)
    {
        var bytes = _window.Ahead[..length];
        piece = new FilePiece(Current!, Ordinal++, _offset, _line, toText(bytes));
        _offset += length;
        _line += bytes.Count((byte)'\n');
        _window.Take(length);
    }

    /// <summary>How many bytes the next piece takes; 0 at the file's end.</summary>
    private int NextLength()
    {
        while (true)
        {
            var ahead = _window.Ahead;
            if (ahead.IsEmpty && _window.IsAtEnd) return 0;
            var length = ahead.IsEmpty ? 0 : cut(ahead, _window.IsAtEnd);
            if (length <= 0 && _window.IsAtEnd) length = ahead.Length;
            // The line feed of a line that just fits is no piece of its own.
            if (length > maxPieceBytes + 1L || (length <= 0 && ahead.Length > maxPieceBytes + 1L)) return CutShort(ahead);
            if (length > 0) return length;
            _window.Grow();
        }
    }

    private int CutShort(ReadOnlySpan<byte> ahead)
    {
        if (_cutLine != _line)
            logger.LogWarning("Line {Line} of {File} holds a piece of more than {Limit} bytes; it comes as several.", _line, Current!.Path, maxPieceBytes);
        _cutLine = _line;
        var length = maxPieceBytes;
        // Not within a character of UTF-8, whose further bytes are 10xxxxxx; where none begins nearby it is another encoding.
        while (length > Math.Max(1, maxPieceBytes - 3) && (ahead[length] & 0xC0) == 0x80) length--;
        return length;
    }

    private void CloseFile()
    {
        _stream?.Dispose();
        _stream = null;
    }
}
