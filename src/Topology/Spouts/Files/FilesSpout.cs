using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;

namespace Topology;

/// <summary>
/// Reads the files of an input, piece by piece, and keeps its position. Derive from it to say what a piece is and what is emitted; <see cref="LinesSpout"/> does for
/// lines.
/// </summary>
/// <remarks>
/// <para>
/// The files are looked for once, in <c>Open</c>, and read in the ordinal order of their paths below the input's folder. Several tasks share them: the file of index i is for
/// the task of index i modulo the number of tasks. Symbolic links are not followed, and empty files and what is no ordinary file are left out. A file that is gone, cannot be read or is
/// binary (a zero byte in its first 8 KiB) is skipped with a warning.
/// </para>
/// <para>
/// A spout that is opened again, by a restart or in a new worker, goes on at the first piece that was neither acked nor given up. If files have come or gone before that place, or
/// the number of tasks has changed, other tasks would have had other files: then everything is read again, with a warning, rather than anything missed. Files that come after that place, in
/// their order, are read as usual. What changes in a file, or is appended to it, behind the place that was read is not seen.
/// </para>
/// </remarks>
[SuppressMessage("Design", "CA1001", Justification = "Close, which ends the spout's life, disposes the reader.")]
public abstract class FilesSpout : ReplayingSpout<FilePiece>
{
    private readonly FilesInput _input;
    private FileReader? _reader;
    private SpoutPosition? _start;
    private int _tasks;

    /// <param name="input">Which files.</param>
    /// <param name="policy">When to emit a piece again, and when to give it up; null for the usual.</param>
    protected FilesSpout(FilesInput input, ReplayPolicy? policy = null) : base(policy ?? ReplayPolicy.Default)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentOutOfRangeException.ThrowIfLessThan(input.MaxPieceBytes, 1);
        _input = input;
    }

    /// <summary>
    /// Whether a spout that is opened again goes on where the one before it was. True; false for a spout that then starts over, as it should where what follows keeps all it knows
    /// in memory.
    /// </summary>
    protected virtual bool KeepsPosition => true;

    /// <inheritdoc/>
    protected sealed override bool IsEndOfRecords => _reader is { IsAtEnd: true };

    /// <inheritdoc/>
    protected sealed override SpoutPosition? NextPosition =>
        _reader is { Current: { } file } reader ? Position(file, reader.Ordinal, reader.Offset, reader.Line) : _start;

    /// <inheritdoc/>
    public override void Open(SpoutContext context)
    {
        base.Open(context);
        _tasks = context.TaskCount;
        var files = InputFiles.Find(_input, context.Logger);
        var position = default(SpoutPosition);
        var isFound = KeepsPosition && context.Position.TryGet(out position);
        var place = isFound ? FindPlace(files, position, context.Logger) : null;
        if (place is not null) _start = position;
        var own = files.Skip(place?.File.Index ?? 0).Where(file => file.Index % _tasks == context.TaskIndex);
        _reader = new FileReader(own, _input.MaxPieceBytes, Cut, ToText, context.Logger);
        _reader.Resume(place?.Position, position.Number);
    }

    /// <inheritdoc/>
    public override void Close() => _reader?.Dispose();

    /// <summary>How long the next piece is.</summary>
    /// <param name="ahead">What lies ahead in the file, as far as it was read: at least 1 byte.</param>
    /// <param name="isEndOfFile">Whether the file ends there.</param>
    /// <returns>
    /// A number of bytes, from 1 to the length of <paramref name="ahead"/>, or 0 to be asked again with more. At the file's end 0 means all that is left. A piece that is longer than
    /// <see cref="FilesInput.MaxPieceBytes"/>, or has no end within that, is cut to it, with a warning.
    /// </returns>
    protected abstract int Cut(ReadOnlySpan<byte> ahead, bool isEndOfFile);

    /// <summary>Makes text of a piece: UTF-8, with U+FFFD in place of what is none.</summary>
    /// <param name="piece">The bytes of the piece, all of them.</param>
    protected virtual string ToText(ReadOnlySpan<byte> piece) => System.Text.Encoding.UTF8.GetString(piece);

    /// <inheritdoc/>
    protected sealed override bool TryRead(out FilePiece record) => _reader!.TryRead(out record);

    /// <inheritdoc/>
    protected sealed override SpoutPosition? PositionOf(FilePiece record) => Position(record.Source, record.Ordinal, record.Offset, record.Line);

    private SpoutPosition Position(InputFile file, long ordinal, long offset, long line) =>
        new(ordinal, new FilePosition(_tasks, file.ListHash, offset, line, file.Name).ToPayload());

    /// <summary>The file and the place in it that a position speaks of; null where what came before is not what is before it now.</summary>
    private (InputFile File, FilePosition Position)? FindPlace(IReadOnlyList<InputFile> files, SpoutPosition position, ILogger logger)
    {
        if (FilePosition.TryParse(position.Payload.Span, out var place)
            && place.Tasks == _tasks
            && files.FirstOrDefault(file => file.Name == place.Name) is { } found
            && found.ListHash == place.ListHash)
        {
            return (found, place);
        }

        logger.LogWarning(
            "The files of {Input} up to the place where reading stopped are not those that there were, or are shared by another number of tasks: everything is read again from the start.", _input.Path);
        return null;
    }
}
