using Microsoft.Extensions.Logging;

namespace Topology.Messaging;

/// <summary>What a worker's links are given.</summary>
/// <param name="DataBuffers">Where the buffers of data frames come from, and go back to. To allocate nothing it must keep as many as wait for acknowledgements.</param>
/// <param name="ControlBuffers">The same for control frames; mostly of smaller buffers.</param>
/// <param name="Time">The clock.</param>
/// <param name="Log">Where refusals and losses are told, each link and reason once.</param>
internal sealed record LinkResources(FrameBufferPool DataBuffers, FrameBufferPool ControlBuffers, TimeProvider Time, ILogger Log)
{
    /// <summary>The pool of a connection.</summary>
    public FrameBufferPool BuffersOf(LinkConnection connection) => connection == LinkConnection.Data ? DataBuffers : ControlBuffers;
}
