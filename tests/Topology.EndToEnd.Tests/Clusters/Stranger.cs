using Topology.Messaging;

namespace Topology.EndToEnd.Tests;

/// <summary>Somebody who connects to a worker and is none of its peers. Used by one thread.</summary>
internal sealed class Stranger : IDisposable
{
    private readonly DealerSocket _socket = new();
    private readonly NetMQMonitor _monitor;
    private readonly byte[] _frame = new byte[100];

    /// <param name="address">The worker's address.</param>
    /// <param name="keys">The stranger's own; null for one that does not encrypt.</param>
    /// <param name="serverKey">The key that it takes for the worker's.</param>
    public Stranger(string address, NetMQCertificate? keys, byte[]? serverKey)
    {
        _monitor = new NetMQMonitor(_socket);
        if (keys is not null) _socket.Options.SetCurveClient(keys, serverKey);
        _socket.Connect(address);
    }

    /// <summary>Whether it was turned away.</summary>
    public bool WasTurnedAway => _monitor.HandshakesFailed > 0 || _monitor.Disconnects > 0;

    /// <summary>Whether it was let in, or got rid of a frame.</summary>
    public bool WasLetIn { get; private set; }

    /// <summary>Tries to send, and hears what became of it.</summary>
    public void Try()
    {
        while (_monitor.TryRead(out _))
        {
        }

        WasLetIn |= _monitor.HandshakesSucceeded > 0 || _socket.TrySendFrame(_frame);
    }

    public void Dispose()
    {
        _monitor.Dispose();
        _socket.Dispose();
    }
}
