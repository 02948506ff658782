namespace Topology.Bench;

/// <summary>Emits what it receives.</summary>
internal sealed class IdentityBolt : BasicBolt
{
    /// <inheritdoc/>
    public override Fields Output => ["text", "number"];

    /// <inheritdoc/>
    protected override void Execute(TupleView tuple, AnchoredOutput output) => output.Emit(tuple[0], tuple[1]);
}
