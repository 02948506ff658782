using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;

namespace WordCount;

/// <summary>
/// The text of an input's files, block by block. Files that cannot be read and files that are no text are skipped with a warning. Where several readers share an
/// input, the files are dealt out by their place in the sorted list.
/// </summary>
internal sealed class TextBlocks : IDisposable
{
    // 4 KiB: some 350 words, a fan-out that fits the way to the counting tasks, and many times the cost of one more tuple.
    private const int BlockBytes = 4 * 1024;

    private readonly TextInput _input;
    private readonly ILogger _logger;
    private readonly BlockReader _reader;
    private readonly IEnumerator<string> _files;
    private FileStream? _file;

    /// <param name="input">What to read.</param>
    /// <param name="reader">Which of the readers this is, from 0.</param>
    /// <param name="readers">How many readers share the input.</param>
    /// <param name="logger">Hears of what is skipped.</param>
    public TextBlocks(TextInput input, int reader, int readers, ILogger logger)
    {
        (_input, _logger) = (input, logger);
        _reader = new BlockReader(Math.Min(BlockBytes, input.MaxWordBytes), input.MaxWordBytes);
        var files = TextFiles.Find(input, logger);
        if (files.Count == 0) logger.LogWarning("No file in {Folder} that holds anything matches '{Pattern}'.", input.Path, input.Pattern);
        _files = files.Where((_, index) => index % readers == reader).GetEnumerator();
    }

    /// <summary>Whether every file was read to its end.</summary>
    public bool IsAtEnd { get; private set; }

    /// <summary>Reads the next block.</summary>
    /// <returns>False when there is none left.</returns>
    public bool TryRead([NotNullWhen(true)] out string? block)
    {
        while (_file is not null || TryOpenNext())
        {
            if (TryReadBlock(out block)) return true;
            CloseFile();
        }

        IsAtEnd = true;
        block = null;
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

    private bool TryOpen(string path)
    {
        try
        {
            // The reader has a buffer of its own.
            _file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0, FileOptions.SequentialScan);
            _reader.Open(_file);
            if (!_reader.IsBinary()) return true;
            _logger.LogWarning("{File} is skipped because it is no text: it holds a zero byte.", path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            _logger.LogWarning("{File} is skipped because it cannot be read: {Reason}", path, exception.Message);
        }

        return false;
    }

    private bool TryReadBlock([NotNullWhen(true)] out string? block)
    {
        try
        {
            var isRead = _reader.TryRead(out block, out var isCut);
            if (isCut) _logger.LogWarning("{File} holds a word of more than {Limit} letters; it counts as several.", _files.Current, _input.MaxWordBytes);
            return isRead;
        }
        catch (IOException exception)
        {
            _logger.LogWarning("The rest of {File} is skipped because it cannot be read: {Reason}", _files.Current, exception.Message);
            block = null;
            return false;
        }
    }

    private void CloseFile()
    {
        _file?.Dispose();
        _file = null;
    }
}
