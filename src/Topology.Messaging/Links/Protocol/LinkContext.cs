using Microsoft.Extensions.Logging;

namespace Topology.Messaging;

/// <summary>What all links of a worker share.</summary>
/// <param name="me">This worker.</param>
/// <param name="options">The limits.</param>
/// <param name="handler">Who uses the links.</param>
/// <param name="log">Where refusals and losses are told.</param>
internal sealed class LinkContext(WorkerIdentity me, LinkOptions options, ILinkHandler handler, ILogger log)
{
    /// <summary>This worker.</summary>
    public WorkerIdentity Me { get; } = me;

    /// <summary>The limits.</summary>
    public LinkOptions Options { get; } = options;

    /// <summary>Who uses the links.</summary>
    public ILinkHandler Handler { get; } = handler;

    /// <summary>Writes the links' own frames.</summary>
    public LinkFrameWriter Frames { get; } = new(me, handler);

    /// <summary>Tells of the first refusal of its reason.</summary>
    public void LogRefusal(Refusal reason, string of) =>
        log.LogWarning("Worker {Worker} refused a frame {Of}: {Reason}. Further ones are only counted.", Me.Worker, of, reason);

    /// <summary>Tells of a lost link.</summary>
    public void Lose(LinkLost lost)
    {
        log.LogError(lost.Error, "The link from worker {Worker} to worker {Peer} of generation {Generation} is lost ({Reason}): {Detail}", Me.Worker, lost.Peer.Worker, lost.Generation, lost.Reason, lost.Detail);
        Handler.OnLost(lost);
    }
}
