using System.Text;

namespace Topology.Messaging;

/// <summary>What carries the frames of one worker of a <see cref="MemoryNetwork"/>. Not thread-safe: whoever simulates takes all turns.</summary>
/// <param name="network">The network.</param>
/// <param name="me">The worker.</param>
internal sealed class MemoryWire(MemoryNetwork network, WorkerIdentity me) : ILinkWire
{
    private readonly byte[] _userId = Encoding.UTF8.GetBytes(LinkPeer.UserIdOf(me.Worker, me.Incarnation));
    private readonly List<MemoryPipe>[] _incoming = [[], []];

    /// <summary>True: frames come with their true sender's name.</summary>
    public bool Authenticates(LinkPeer peer) => true;

    /// <summary>All connections that peers have made and that still bring frames.</summary>
    internal IEnumerable<MemoryPipe> Pipes => _incoming[0].Concat(_incoming[1]);

    /// <summary>Where it listens.</summary>
    public string EndpointOf(LinkConnection connection) => $"memory://{me.Worker}/{me.Incarnation:x16}/{connection}";

    /// <summary>How an assignment names it.</summary>
    public LinkPeer AsPeer() => new(me.Worker, me.Incarnation, EndpointOf(LinkConnection.Data), EndpointOf(LinkConnection.Control));

    /// <inheritdoc/>
    public void Require(LinkPeer peer)
    {
    }

    /// <summary>Lets everyone connect: what the link itself drops is to be seen.</summary>
    public void Admit(IReadOnlyList<LinkPeer> peers)
    {
    }

    /// <inheritdoc/>
    public IPeerWire Connect(LinkPeer peer) => new MemoryPeerWire(network, Line(peer, LinkConnection.Data), Line(peer, LinkConnection.Control));

    /// <inheritdoc/>
    public void Refresh()
    {
    }

    /// <inheritdoc/>
    public int Receive(LinkConnection connection, int most, IWireReceiver receiver)
    {
        var pipes = _incoming[(int)connection];
        pipes.RemoveAll(pipe => !pipe.IsOpen && pipe.Count == 0);
        var count = 0;
        while (count < most && TryTake(pipes) is { } next)
        {
            receiver.OnFrame(connection, next.Frame, next.Sender);
            count++;
        }

        return count;
    }

    /// <summary>Returns at once: time passes only where the simulation says so.</summary>
    public void Wait(TimeSpan timeout, Func<bool> hasWork)
    {
    }

    /// <inheritdoc/>
    public void Wake()
    {
    }

    /// <summary>The worker is gone, and with it what it had received and not read.</summary>
    public void Dispose() => network.Remove(this);

    internal bool Has(string endpoint) => endpoint == EndpointOf(LinkConnection.Data) || endpoint == EndpointOf(LinkConnection.Control);

    internal MemoryPipe Accept(MemoryLine line)
    {
        var pipe = new MemoryPipe(line.From._userId);
        _incoming[(int)line.Connection].Add(pipe);
        return pipe;
    }

    /// <summary>Connections are read in any order.</summary>
    private (byte[] Frame, byte[] Sender)? TryTake(List<MemoryPipe> pipes)
    {
        var first = pipes.Count == 0 ? 0 : network.Pick(pipes.Count);
        for (var i = 0; i < pipes.Count; i++)
        {
            var pipe = pipes[(first + i) % pipes.Count];
            if (pipe.Arrived > 0) return (pipe.Take(), pipe.Sender);
        }

        return null;
    }

    private MemoryLine Line(LinkPeer peer, LinkConnection connection) => network.Add(new(this, peer.EndpointOf(connection), connection));
}
