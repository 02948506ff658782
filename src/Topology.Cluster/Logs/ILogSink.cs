namespace Topology.Cluster;

/// <summary>Where a log's bytes go. Used by one thread. Nothing in it throws.</summary>
internal interface ILogSink : IDisposable
{
    /// <summary>Appends whole entries.</summary>
    /// <returns>What hindered it, so that they, or the last of them, are lost; null for nothing.</returns>
    string? Append(ReadOnlySpan<byte> bytes);

    /// <summary>Begins the next file where the present one has grown too large, whoever wrote to it.</summary>
    void Turn();
}
