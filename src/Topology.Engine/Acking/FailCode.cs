namespace Topology.Engine;

/// <summary>A <see cref="FailReason"/> in 64 bits: kind (8), task (16), and the number of its detail in the worker's <see cref="FailDetails"/> (32).</summary>
internal static class FailCode
{
    public static ulong Of(FailKind kind, int task, uint detail) => ((ulong)kind << 56) | ((ulong)(ushort)task << 32) | detail;

    public static FailKind Kind(ulong code) => (FailKind)(code >> 56);

    /// <summary>The task, or 0 for none.</summary>
    public static int Task(ulong code) => (int)(code >> 32) & 0xFFFF;

    public static uint Detail(ulong code) => (uint)code;
}
