namespace Topology.Messaging;

/// <summary>
/// What carries the frames of one worker: connections that keep the order of frames, and that can break at any time and take along what is on its way.
/// Used by one thread, but for <see cref="Require"/> and <see cref="Wake"/>.
/// </summary>
internal interface ILinkWire : IDisposable
{
    /// <summary>Whether frames of a peer come with the name of who sent them, as all do that do not come over sockets of a private folder. Of others none may.</summary>
    bool Authenticates(LinkPeer peer);

    /// <summary>Refuses a peer that could never be connected to. Legal from any thread.</summary>
    /// <exception cref="ArgumentException">Its address or its key is of no use.</exception>
    void Require(LinkPeer peer);

    /// <summary>From now on only these peers may connect. Connections that stand are not cut; the link drops what comes on them.</summary>
    void Admit(IReadOnlyList<LinkPeer> peers);

    /// <summary>Connects to a peer on both connections, and again whenever one breaks, until it is disposed.</summary>
    IPeerWire Connect(LinkPeer peer);

    /// <summary>Takes note of connections that came into being. Called often: what it costs is the wire's affair.</summary>
    void Refresh();

    /// <summary>Hands frames on that came in.</summary>
    /// <param name="connection">On which connections.</param>
    /// <param name="most">How many frames at most.</param>
    /// <param name="receiver">Who gets them.</param>
    /// <returns>How many there were.</returns>
    int Receive(LinkConnection connection, int most, IWireReceiver receiver);

    /// <summary>Waits until a frame comes in, a refused one can be sent, somebody wakes it, or the time is over.</summary>
    /// <param name="timeout">How long.</param>
    /// <param name="hasWork">Asked once more after others can see that it waits.</param>
    void Wait(TimeSpan timeout, Func<bool> hasWork);

    /// <summary>Ends a wait, or the next one if none is under way but somebody may be about to. Legal from any thread; costs next to nothing while nobody waits.</summary>
    void Wake();
}
