using System.Diagnostics.CodeAnalysis;
using Topology;

namespace WordCount;

/// <summary>Emits the text of an input, a block of lines at a time. Several tasks share the files.</summary>
[SuppressMessage("Design", "CA1001", Justification = "Close, which ends the spout's life, disposes the blocks.")]
internal sealed class TextSpout(TextInput input) : ReplayingSpout<string>
{
    private TextBlocks? _blocks;

    public override Fields Output => ["text"];

    protected override bool IsEndOfRecords => _blocks is { IsAtEnd: true };

    public override void Open(SpoutContext context)
    {
        base.Open(context);
        _blocks = new TextBlocks(input, context.TaskIndex, context.TaskCount, context.Logger);
    }

    public override void Close() => _blocks?.Dispose();

    protected override bool TryRead([MaybeNullWhen(false)] out string record) => _blocks!.TryRead(out record);

    protected override void Emit(string record, RecordOutput output) => output.Emit(record);
}
