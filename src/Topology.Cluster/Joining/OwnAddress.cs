using System.Net;
using System.Net.Sockets;

namespace Topology.Cluster;

/// <summary>The address of this host that another one sees.</summary>
internal static class OwnAddress
{
    /// <summary>The one that packets to an endpoint leave from. Nothing is sent.</summary>
    /// <param name="endpoint">As <c>tcp://10.0.0.5:7071</c>.</param>
    /// <exception cref="TopologyException">There is no way there.</exception>
    public static string Towards(string endpoint)
    {
        try
        {
            var target = new Uri(endpoint);
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
            socket.Connect(target.Host, target.Port);
            return ((IPEndPoint)socket.LocalEndPoint!).Address.ToString();
        }
        catch (Exception error) when (error is SocketException or UriFormatException)
        {
            throw new TopologyException($"There is no way to {endpoint}: {error.Message} Name this host's own address with --host.");
        }
    }
}
