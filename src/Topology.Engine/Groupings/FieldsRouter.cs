using System.Diagnostics;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace Topology.Engine;

/// <summary>Fields grouping: by key group, with the functions that state and rescaling use, so that a key's tuples meet its state.</summary>
internal sealed class FieldsRouter : Router
{
    private const int Several = -1;

    private readonly int[] _fields;

    // The one field, as most groupings have, or Several.
    private readonly int _field;

    // From key group to the place of its target: one look instead of a division.
    private readonly ushort[] _byKeyGroup;

    // Takes the key group of a hash, as KeyGroups.Of does where the number of groups is a power of two.
    private readonly int _keyGroupMask;

    public FieldsRouter(OutTarget[] targets, int[] fields) : base(targets, isSingle: true)
    {
        _fields = fields;
        _field = fields.Length == 1 ? fields[0] : Several;
        var groups = KeyGroups.CountFor(targets.Length);
        Debug.Assert(BitOperations.IsPow2(groups), "The mask needs a number of key groups that is a power of two.");
        _keyGroupMask = groups - 1;
        _byKeyGroup = new ushort[groups];
        for (var group = 0; group < groups; group++) _byKeyGroup[group] = (ushort)KeyGroups.TaskOf(group, groups, targets.Length);
    }

    public override int Choose(ReadOnlySpan<Value> values) =>
        _field == Several ? ChooseBySeveral(values) : TargetOf(StableHash.OfRef(in values[_field]));

    [MethodImpl(MethodImplOptions.NoInlining)]
    private int ChooseBySeveral(ReadOnlySpan<Value> values) => TargetOf(StableHash.Of(values, _fields));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int TargetOf(ulong hash) => _byKeyGroup[(int)hash & _keyGroupMask];
}
