namespace Topology;

/// <summary>Lets the engine make its own generic half of a reliable spout.</summary>
internal interface IReliableSpoutVisitor<out T>
{
    T Visit<TMessageId>(ReliableSpout<TMessageId> spout);
}
