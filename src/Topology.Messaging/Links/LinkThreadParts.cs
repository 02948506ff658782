namespace Topology.Messaging;

/// <summary>What a link thread makes its links of.</summary>
/// <param name="Me">Which worker it is.</param>
/// <param name="Endpoints">Where it listens.</param>
/// <param name="Security">Its keys; null only for ipc endpoints.</param>
/// <param name="Handler">Who uses the links.</param>
/// <param name="Options">The limits.</param>
/// <param name="Resources">Pools, clock and log.</param>
internal sealed record LinkThreadParts(
    WorkerIdentity Me, LinkEndpoints Endpoints, LinkSecurity? Security, ILinkHandler Handler, LinkOptions Options, LinkResources Resources)
{
    /// <summary>Where peers of its host connect to without keys; null where all connect to the same.</summary>
    public IpcEndpoints? Near { get; init; }
}
