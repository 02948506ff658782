namespace Topology.Messaging;

/// <summary>Where a worker's incarnation listens.</summary>
internal abstract class LinkEndpoints
{
    /// <summary>Binds both sockets and returns what peers connect to.</summary>
    /// <exception cref="NetMQException">The addresses cannot be had.</exception>
    public abstract (string Data, string Control) Bind(RouterSocket data, RouterSocket control);

    /// <summary>Takes away what the sockets leave behind, once they are closed.</summary>
    public abstract void Remove();
}
