using Topology.Messaging;

namespace Topology.Engine;

/// <summary>An acker, in this worker or in another one, as those see it that send to it.</summary>
internal interface IAcker
{
    /// <summary>The lane of a sender; made at the first call, before the start.</summary>
    RecyclingRing<AckBatch> LaneOf(int sender);

    /// <summary>A sender's lane has messages, and more are likely to follow within its turn. Called on the sender's thread.</summary>
    void NotePut(int sender);

    /// <summary>A sender's lane has messages, or had some since the last call. Called on the sender's thread.</summary>
    void Ready(int sender);
}
