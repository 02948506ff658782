using Topology;

namespace Ingest;

/// <summary>Makes a row of a line.</summary>
internal sealed class ParseBolt : BasicBolt
{
    public override Fields Output => ["row"];

    protected override void Execute(TupleView tuple, AnchoredOutput output) =>
        output.Emit(RowText.Of(tuple["file"].AsString(), tuple["number"].AsInt64(), tuple["line"].AsSpan()));
}
