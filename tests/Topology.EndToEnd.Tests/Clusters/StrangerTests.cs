using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Topology.Cluster;
using Topology.Messaging;

namespace Topology.EndToEnd.Tests;

/// <summary>Strangers at the ports of workers, with keys that nobody knows, with none, and with whatever bytes: nobody is let in, and the topology does not notice.</summary>
public sealed class StrangerTests
{
    private const int OfEachKind = 10;
    private const int Connections = 100;

    private readonly ConcurrentDictionary<string, bool> _endpoints = new(StringComparer.Ordinal);
    private ClusterUnderTest _cluster = null!;
    private RelayFiles _files = null!;
    private string _id = "";

    [SetUp]
    public async Task StartAsync()
    {
        _endpoints.Clear();
        _cluster = new ClusterUnderTest { Options = options => options with { LinksLeadTo = Note } };
        _files = new RelayFiles(_cluster.PathOf("relay"));
        await _cluster.StartAsync();
        _id = await _cluster.SubmitAsync("RelayTopology", 2, ("folder", _cluster.PathOf("relay")), ("links.transport", "tcp"));
        await _cluster.UntilAsync(_id, d => d.Components[0].Acked > 1_000, "acks");
    }

    [TearDown]
    public async Task EndAsync()
    {
        // There is none where the test is skipped for want of libzmq.
        if (_cluster is not null) await _cluster.DisposeAsync();
    }

    [Test]
    public async Task Who_has_no_key_of_a_peer_is_turned_away_and_counted()
    {
        var worker = FindEndpoint();
        var before = TurnedAway();
        // Sockets belong to a thread.
        await Task.Factory.StartNew(() => Knock(worker), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        await _cluster.UntilAsync(() => TurnedAway() >= before + OfEachKind, "the strangers to be counted");
        await CompleteAsync();
        Assert.That(TimesTold(), Is.LessThan(20), "It is told when there were twice as many, not of each.");
    }

    [Test]
    public async Task Bytes_that_are_no_handshake_and_half_handshakes_hold_nothing_up()
    {
        var worker = FindEndpoint();
        var random = new Random(1);
        var sockets = new List<Socket>();
        try
        {
            foreach (var address in new[] { worker.Data, worker.Control })
                for (var i = 0; i < Connections; i++) sockets.Add(await FloodAsync(address, random, i));
            // The half ones as well, by a time limit.
            foreach (var socket in sockets) await ReadToEndAsync(socket).WaitAsync(TestCluster.Limit);
        }
        finally
        {
            sockets.ForEach(socket => socket.Dispose());
        }

        await CompleteAsync();
    }

    private static void Knock(WorkerEndpoint worker)
    {
        var key = Convert.FromHexString(worker.Key!);
        using var mine = new NetMQCertificate();
        using var other = new NetMQCertificate();
        var strangers = new List<Stranger>();
        try
        {
            for (var i = 0; i < OfEachKind; i++)
            {
                foreach (var address in new[] { worker.Data, worker.Control })
                {
                    strangers.Add(new Stranger(address, mine, key));
                    strangers.Add(new Stranger(address, mine, other.PublicKey.ToArray()));
                    strangers.Add(new Stranger(address, null, null));
                }
            }

            var areAway = SpinWait.SpinUntil(
                () =>
                {
                    strangers.ForEach(stranger => stranger.Try());
                    return strangers.TrueForAll(stranger => stranger.WasTurnedAway);
                },
                TestCluster.Limit);
            Assert.That(areAway, Is.True, "Waited in vain for strangers to be turned away.");
            Assert.That(strangers.Exists(stranger => stranger.WasLetIn), Is.False);
        }
        finally
        {
            strangers.ForEach(stranger => stranger.Dispose());
        }
    }

    /// <summary>Noise, a greeting without an end, a whole greeting that offers no encryption, or nothing.</summary>
    private static async Task<Socket> FloodAsync(string address, Random random, int number)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(IPEndPoint.Parse(address["tcp://".Length..]));
        var bytes = new byte[number % 4 == 0 ? 100_000 : 64];
        random.NextBytes(bytes);
        byte[] greeting = [0xFF, 0, 0, 0, 0, 0, 0, 0, 1, 0x7F, 3, 0, .. "NULL"u8, .. new byte[48]];
        ReadOnlyMemory<byte> sent = (number % 4) switch
        {
            0 => bytes,
            1 => greeting.AsMemory(0, 11),
            2 => (byte[])[.. greeting, .. bytes],
            _ => default,
        };
        try
        {
            if (!sent.IsEmpty) await socket.SendAsync(sent);
        }
        catch (SocketException)
        {
            // It was cut before all was said.
        }

        return socket;
    }

    private static async Task ReadToEndAsync(Socket socket)
    {
        var buffer = new byte[1_024];
        try
        {
            while (await socket.ReceiveAsync(buffer) > 0)
            {
            }
        }
        catch (SocketException)
        {
            // An end too.
        }
    }

    private string Note(string endpoint)
    {
        _endpoints[endpoint] = true;
        return endpoint;
    }

    /// <summary>All that a stranger can know of a worker: its addresses and its public key.</summary>
    private WorkerEndpoint FindEndpoint() => WorkerEndpoint.TryParse(_endpoints.Keys.First(), out var endpoint) ? endpoint : throw new InvalidOperationException("No worker has an address.");

    private IEnumerable<string> Told() => _cluster.ReadLogs().Split('\n').Where(line => line.Contains(" connections were turned away so far", StringComparison.Ordinal));

    private int TimesTold() => Told().Count();

    /// <summary>How many the workers have told of, each its highest number.</summary>
    private int TurnedAway() => Told().Select(line => line.Split(" connections were")[0].Split(' ')[^1]).Select(text => int.Parse(text, CultureInfo.InvariantCulture)).DefaultIfEmpty().Max();

    private async Task CompleteAsync()
    {
        var acked = (await _cluster.DescribeAsync(_id)).Components[0].Acked;
        await _cluster.UntilAsync(_id, d => d.Components[0].Acked > acked + 1_000, "it to go on");
        _files.Stop();
        var ended = await _cluster.UntilAsync(_id, d => d.State == "completed", "the end");
        Assert.That((ended.Generation, ended.Components.Sum(c => c.Failed)), Is.EqualTo((1L, 0L)));
        _files.RequireAll(_files.Numbers(), spouts: 3);
        Assert.That(_files.Repeated, Is.Zero);
    }
}
