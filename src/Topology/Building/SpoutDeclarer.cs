namespace Topology;

/// <summary>Says more about a spout; from <see cref="TopologyBuilder.SetSpout"/>.</summary>
public sealed class SpoutDeclarer : ComponentDeclarer<SpoutDeclarer>
{
    internal SpoutDeclarer(ComponentDraft draft) : base(draft)
    {
    }

    /// <summary>This spout's own limit on pending trees per task, in place of the topology's. Range 1 to 16,777,216 trees.</summary>
    public SpoutDeclarer MaxSpoutPending(int trees)
    {
        Draft.Options = Draft.Options with { MaxSpoutPending = trees };
        return this;
    }
}
