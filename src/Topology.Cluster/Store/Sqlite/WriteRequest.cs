namespace Topology.Cluster;

/// <summary>A change that waits for the writer's thread.</summary>
internal abstract class WriteRequest
{
    /// <summary>Makes the change. What comes of it is told by <see cref="Settle"/>, after it has become durable; may run again, and the last run counts.</summary>
    /// <returns>False if the change threw, and is to be undone.</returns>
    public abstract bool Run(IStoreWriter writer);

    /// <summary>Answers with what the last run made.</summary>
    public abstract void Settle();

    /// <summary>Answers that the change was not made.</summary>
    public abstract void Fail(Exception error);
}
