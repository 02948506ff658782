namespace Topology;

/// <summary>The hash by which keys are dealt to tasks and key groups; the same in every process and on every machine.</summary>
public static class StableHash
{
    /// <summary>The hash of one value.</summary>
    public static ulong Of(Value value) => throw new NotSupportedException(value.ToString());
}
