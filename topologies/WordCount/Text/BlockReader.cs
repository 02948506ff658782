using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace WordCount;

/// <summary>
/// Reads a stream as blocks of text that never cut a word: whole lines as far as they fit, else up to a character that is no letter, else up to the end of
/// the word. Each byte becomes one character (Latin-1), so that a byte above 127 ends a word whatever the file's encoding is.
/// </summary>
/// <param name="blockBytes">How long a block may be, unless one word is longer.</param>
/// <param name="maxWordBytes">How long a word may be before it is cut; at least <paramref name="blockBytes"/>.</param>
internal sealed class BlockReader(int blockBytes, int maxWordBytes)
{
    // What is looked at to tell text from other files, as grep and git do.
    private const int ProbeBytes = 8 * 1024;

    private byte[] _buffer = new byte[64 * 1024];
    private Stream _stream = Stream.Null;
    private int _start;
    private int _end;
    private bool _isAtEnd = true;

    private ReadOnlySpan<byte> Ahead => _buffer.AsSpan(_start, _end - _start);

    /// <summary>Begins a stream. The reader does not dispose it.</summary>
    public void Open(Stream stream)
    {
        _stream = stream;
        (_start, _end, _isAtEnd) = (0, 0, false);
    }

    /// <summary>Whether there is a zero byte among the first 8 KiB; asked before the first block is read.</summary>
    public bool IsBinary()
    {
        Fill(ProbeBytes);
        return Ahead[..Math.Min(ProbeBytes, Ahead.Length)].Contains((byte)0);
    }

    /// <summary>Reads the next block.</summary>
    /// <param name="block">The block; not empty.</param>
    /// <param name="isCut">Whether the block ends within a word, because that is too long.</param>
    /// <returns>False at the stream's end.</returns>
    public bool TryRead([NotNullWhen(true)] out string? block, out bool isCut)
    {
        isCut = false;
        block = null;
        Fill(blockBytes);
        if (Ahead.IsEmpty) return false;
        var length = FindEnd(out isCut);
        block = Encoding.Latin1.GetString(Ahead[..length]);
        _start += length;
        return true;
    }

    private int FindEnd(out bool isCut)
    {
        isCut = false;
        if (Ahead.Length < blockBytes) return Ahead.Length;
        var head = Ahead[..blockBytes];
        var end = head.LastIndexOf((byte)'\n') + 1;
        if (end == 0) end = AfterLastNonLetter(head);
        return end > 0 ? end : FindEndOfWord(out isCut);
    }

    // The block is one word so far: it goes on to the first byte that is no letter, the end of the stream, or the limit.
    private int FindEndOfWord(out bool isCut)
    {
        isCut = false;
        for (var length = blockBytes; ; length++)
        {
            if (length == Ahead.Length && !Fill(length + 1)) return length;
            if (!AsciiWords.IsLetter((char)Ahead[length])) return length;
            isCut = length >= maxWordBytes;
            if (isCut) return length;
        }
    }

    private static int AfterLastNonLetter(ReadOnlySpan<byte> bytes)
    {
        var end = bytes.Length;
        while (end > 0 && AsciiWords.IsLetter((char)bytes[end - 1])) end--;
        return end;
    }

    /// <summary>Reads until so many bytes are ahead; false if the stream ends before.</summary>
    private bool Fill(int bytes)
    {
        while (Ahead.Length < bytes)
        {
            if (_isAtEnd) return false;
            if (_end == _buffer.Length) MakeRoom();
            var read = _stream.Read(_buffer, _end, _buffer.Length - _end);
            _isAtEnd = read == 0;
            _end += read;
        }

        return true;
    }

    private void MakeRoom()
    {
        var target = _start > 0 ? _buffer : new byte[_buffer.Length * 2];
        Ahead.CopyTo(target);
        (_buffer, _start, _end) = (target, 0, _end - _start);
    }
}
