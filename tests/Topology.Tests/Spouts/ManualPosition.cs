namespace Topology.Tests;

/// <summary>A position that stays in the test, which keeps every one that was committed.</summary>
internal sealed class ManualPosition : DurablePosition
{
    public List<SpoutPosition> Committed { get; } = [];

    public override bool TryGet(out SpoutPosition position)
    {
        position = Committed.LastOrDefault();
        return Committed.Count > 0;
    }

    public override void Commit(SpoutPosition position) => Committed.Add(position);
}
