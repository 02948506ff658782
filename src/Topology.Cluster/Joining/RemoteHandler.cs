namespace Topology.Cluster;

/// <summary>Takes what a peer says; the frame is there until it returns.</summary>
internal delegate void RemoteHandler(RemotePeer peer, ReadOnlySpan<byte> frame);
