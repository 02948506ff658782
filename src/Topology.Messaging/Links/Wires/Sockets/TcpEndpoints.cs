namespace Topology.Messaging;

/// <summary>Two free ports of one address.</summary>
/// <param name="address">The address of this host that peers reach it by, such as "127.0.0.1"; never a wildcard by default.</param>
/// <param name="chance">Where to begin to look for free ports, so that workers that start together rarely meet.</param>
/// <param name="firstPort">The lowest port. Below the system's range for outgoing connections, where a connection to a dead peer of the same host can meet itself.</param>
/// <param name="ports">How many ports there are to choose from.</param>
internal sealed class TcpEndpoints(string address, Random chance, int firstPort = 20_000, int ports = 10_000) : LinkEndpoints
{
    /// <inheritdoc/>
    public override (string Data, string Control) Bind(RouterSocket data, RouterSocket control)
    {
        var host = $"tcp://{address}";
        return ($"{host}:{data.BindFreePort(host, firstPort, ports, chance)}", $"{host}:{control.BindFreePort(host, firstPort, ports, chance)}");
    }

    /// <inheritdoc/>
    public override void Remove()
    {
    }
}
