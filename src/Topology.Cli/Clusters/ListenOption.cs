using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Topology.Cluster;

namespace Topology.Cli;

/// <summary>Where a daemon listens for supervisors of other hosts, by the options <c>--listen</c> and <c>--host</c>.</summary>
internal static class ListenOption
{
    private const string Example = "--listen tcp://10.0.0.5:7071";
    private const string Scheme = "tcp://";

    /// <returns>Null where it does not listen for any.</returns>
    /// <exception cref="CommandException">They cannot be read, or do not go together.</exception>
    public static HostListening? Read(string? listen, string? host)
    {
        if (host is not null) RequireAddress(host);
        if (listen is null) return host is null ? null : throw new CommandException(ExitCode.Usage, "--host is of --listen", Example);
        var parts = listen.StartsWith(Scheme, StringComparison.Ordinal) ? listen[Scheme.Length..].Split(':') : [];
        if (parts is not [var name, var port] || !IsPort(port)) throw new CommandException(ExitCode.Usage, $"--listen {listen}: not tcp://, an IPv4 address of this host by its number, and a port", Example);
        var isAny = name is "*" or "0.0.0.0";
        if (!isAny) name = RequireAddress(name);
        if (isAny && host is null) throw new CommandException(ExitCode.Usage, $"--listen {listen}: other hosts have to be told which address of this one", $"--listen {listen} --host 10.0.0.5");
        return new HostListening($"{Scheme}{name}:{(port == "0" ? "*" : port)}", host is null ? name : RequireAddress(host));
    }

    /// <summary>Reads an address of this host.</summary>
    /// <exception cref="CommandException">It is none.</exception>
    public static string RequireAddress(string host)
    {
        if (host == "localhost") return IPAddress.Loopback.ToString();
        return IPAddress.TryParse(host, out var address) && address.AddressFamily == AddressFamily.InterNetwork && host.Count(c => c == '.') == 3 && !address.Equals(IPAddress.Any)
            ? host
            : throw new CommandException(ExitCode.Usage, $"{host}: no IPv4 address of this host", "its number, such as 10.0.0.5; names and IPv6 are not taken here");
    }

    private static bool IsPort(string text) => text == "*" || (ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out _));
}
