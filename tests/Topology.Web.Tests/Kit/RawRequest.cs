using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Topology.Web.Tests;

/// <summary>What no well-behaved client sends: the bytes of a request as a test writes them.</summary>
internal static class RawRequest
{
    /// <summary>Sends a head, and reads the answer to its end.</summary>
    public static async Task<string> SendAsync(Uri url, params string[] lines)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, url.Port);
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.UTF8.GetBytes(string.Join("\r\n", [.. lines, "Connection: close"]) + "\r\n\r\n"));
        using var reader = new StreamReader(stream);
        try
        {
            return await reader.ReadToEndAsync();
        }
        catch (IOException)
        {
            return "";
        }
    }

    /// <summary>The status of an answer; 0 for none.</summary>
    public static int StatusOf(string answer) => answer.Split(' ') is [_, var status, ..] ? int.Parse(status[..3]) : 0;
}
