namespace Topology.Cluster;

/// <summary>Takes a frame, which is there until it returns.</summary>
internal delegate void FrameHandler(ReadOnlySpan<byte> frame);
