namespace Topology;

/// <summary>
/// A claim on a tuple that will be acked or failed later; see <see cref="BoltOutput.Hold"/>. It may be stored, and it is used up by the
/// first <see cref="BoltOutput.Ack(HeldTuple)"/> or <see cref="BoltOutput.Fail(HeldTuple, string?)"/>; a second is caught.
/// </summary>
/// <remarks>It belongs to the task that held the tuple, and may be used only there.</remarks>
public readonly record struct HeldTuple
{
    internal HeldTuple(int slot, int generation)
    {
        Slot = slot;
        Generation = generation;
    }

    internal int Slot { get; }

    internal int Generation { get; }
}
