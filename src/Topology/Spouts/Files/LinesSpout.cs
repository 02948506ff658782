namespace Topology;

/// <summary>
/// Emits the lines of files, each with its file's path and its number, and keeps its position: see <see cref="FilesSpout"/> for which files, in which order, and what
/// happens at a restart.
/// </summary>
/// <remarks>
/// <para>
/// Fields: <c>file</c> (the path below the input's folder), <c>number</c> (from 1) and <c>line</c>. A line ends with a line feed, which is not part of it, and with nothing else: a carriage return
/// stays. The last line of a file may lack the line feed. Bytes become text as UTF-8, with U+FFFD in place of what is none. A line of more than
/// <see cref="FilesInput.MaxPieceBytes"/> comes as several of the same number, with a warning.
/// </para>
/// </remarks>
/// <param name="input">Which files.</param>
/// <param name="policy">When to emit a line again, and when to give it up; null for the usual.</param>
/// <example>
/// <code>
/// var input = FilesInput.Declare(topology);
/// topology.SetSpout("lines", () => new LinesSpout(input), parallelism: 2);
/// topology.SetBolt("split", () => new SplitBolt()).ShuffleGrouping("lines");
/// </code>
/// </example>
public sealed class LinesSpout(FilesInput input, ReplayPolicy? policy = null) : FilesSpout(input, policy)
{
    /// <inheritdoc/>
    public override Fields Output => ["file", "number", "line"];

    /// <inheritdoc/>
    protected override int Cut(ReadOnlySpan<byte> ahead, bool isEndOfFile) => ahead.IndexOf((byte)'\n') + 1;

    /// <inheritdoc/>
    protected override string ToText(ReadOnlySpan<byte> piece) => base.ToText(piece is [.. var line, (byte)'\n'] ? line : piece);

    /// <inheritdoc/>
    protected override void Emit(FilePiece record, RecordOutput output) => output.Emit(record.File, record.Line, record.Text);
}
