namespace Topology;

/// <summary>A spout whose tuples are not tracked: they are lost if a bolt fails or a worker dies, and nobody is told.</summary>
public abstract class Spout : SpoutBase
{
    /// <summary>
    /// Emits what is there, up to <see cref="SpoutOutput.Remaining"/> tuples, and returns; it does not wait. After a call that emits nothing the engine
    /// backs off, up to 10 ms, unless <see cref="SpoutContext.Wake"/> is called.
    /// </summary>
    public abstract void NextTuple(SpoutOutput output);
}
