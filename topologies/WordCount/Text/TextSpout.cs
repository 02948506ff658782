using System.Text;
using Topology;

namespace WordCount;

/// <summary>
/// Emits the text of files, a block at a time. Each byte becomes one character (Latin-1), so that a byte above 127 ends a word whatever the file's encoding is. It keeps no position:
/// what was counted dies with its worker, so the reading starts over too.
/// </summary>
internal sealed class TextSpout(FilesInput input) : FilesSpout(input)
{
    // 4 KiB: some 350 words, a fan-out that fits the way to the counting tasks, and many times the cost of one more tuple.
    private readonly int _blockBytes = Math.Min(4 * 1024, input.MaxPieceBytes);

    public override Fields Output => ["text"];

    protected override bool KeepsPosition => false;

    protected override int Cut(ReadOnlySpan<byte> ahead, bool isEndOfFile) => TextBlock.LengthOf(ahead, isEndOfFile, _blockBytes);

    protected override string ToText(ReadOnlySpan<byte> piece) => Encoding.Latin1.GetString(piece);

    protected override void Emit(FilePiece record, RecordOutput output) => output.Emit(record.Text);
}
