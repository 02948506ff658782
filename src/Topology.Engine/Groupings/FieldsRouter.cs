namespace Topology.Engine;

/// <summary>Fields grouping: by key group, with the functions that state and rescaling use, so that a key's tuples meet its state.</summary>
internal sealed class FieldsRouter : Router
{
    private readonly int[] _fields;

    // From key group to target: one look instead of a division.
    private readonly OutTarget[] _byKeyGroup;

    public FieldsRouter(OutTarget[] targets, int[] fields) : base(targets, isSingle: true)
    {
        _fields = fields;
        var groups = KeyGroups.CountFor(targets.Length);
        _byKeyGroup = new OutTarget[groups];
        for (var group = 0; group < groups; group++) _byKeyGroup[group] = targets[KeyGroups.TaskOf(group, groups, targets.Length)];
    }

    public override OutTarget Choose(ReadOnlySpan<Value> values) =>
        _byKeyGroup[KeyGroups.Of(StableHash.Of(values, _fields), _byKeyGroup.Length)];
}
