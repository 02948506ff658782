using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using Topology.Messaging;

namespace Topology.Engine.Tests;

/// <summary>Two workers linked by ZeroMQ, over ipc and over tcp with CURVE.</summary>
[Platform(Exclude = "Win")]
public sealed class PeerLinksTests : ZmqFixture
{
    private const ulong Topology = 0x7070_0000_0000_0002;
    private const int Count = 50_000;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private DirectoryInfo _folder = null!;

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("peer-links");

    [TearDown]
    public void RemoveFolder() => _folder.Delete(recursive: true);

    [Test]
    public void Tuples_cross_sockets_and_each_tree_is_acked_once([Values] bool isEncrypted)
    {
        var acked = new ConcurrentDictionary<long, int>();
        var seen = new ConcurrentDictionary<long, int>();
        var lost = new ConcurrentBag<LinkLost>();
        using var zap = isEncrypted ? ZapHandler.Start() : null;
        var workers = Enumerable.Range(0, 2).Select(number => MakeWorker(number, acked, seen)).ToArray();
        var keys = Enumerable.Range(0, 2).Select(_ => isEncrypted ? new NetMQCertificate() : null).ToArray();
        var links = workers.Select(worker => new PeerLinks(worker, lost.Add)).ToArray();
        var resources = new LinkResources(new FrameBufferPool(kept: 512), new FrameBufferPool(4096, kept: 4096), TimeProvider.System, NullLogger.Instance);
        var threads = Enumerable.Range(0, 2).Select(number => Start(number, links[number], zap, keys[number], resources)).ToArray();
        try
        {
            for (var number = 0; number < 2; number++)
            {
                var other = 1 - number;
                var peer = new LinkPeer(
                    (uint)other, IncarnationOf(other), threads[other].DataEndpoint, threads[other].ControlEndpoint, keys[other] is { } key ? new CurvePublicKey(key.PublicKey) : null);
                links[number].Connect(threads[number].Assign(new PeerSet(1, [peer])), resources);
            }

            Until(() => links.All(l => l.Up == 1), "the hellos");
            foreach (var worker in workers)
            {
                worker.Coordinator.SetActive(true);
                worker.Start();
            }

            Until(() => acked.Count == Count, "every tree to be acked");
            Assert.That(acked.Values, Is.All.EqualTo(1));
            Assert.That(seen, Has.Count.EqualTo(Count));
            Assert.That(seen.Values, Is.All.EqualTo(1));
            Assert.That(workers[1].Bolts.Sum(b => b.RowsOut), Is.GreaterThan(Count / 4), "a run in which little crosses shows little");
            Assert.That(lost, Is.Empty);
            foreach (var worker in workers) worker.Coordinator.RequestStop(TimeSpan.Zero);
            Assert.That(Task.WaitAll(threads.Select(thread => Task.Run(() => thread.Close(Patience))).ToArray<Task>(), Patience), Is.True);
            Assert.That(threads.Select(t => t.Error), Is.All.Null);
        }
        finally
        {
            foreach (var worker in workers) worker.Coordinator.RequestStop(TimeSpan.Zero);
            foreach (var worker in workers) worker.Coordinator.Completion.Wait(Patience);
            foreach (var thread in threads) thread.Dispose();
            foreach (var key in keys) key?.Dispose();
        }
    }

    private static ulong IncarnationOf(int worker) => 0xA0 + (ulong)worker;

    private static Worker MakeWorker(int self, ConcurrentDictionary<long, int> acked, ConcurrentDictionary<long, int> seen)
    {
        var plan = Simulation.PlanOf(topology =>
        {
            topology.Options = topology.Options with { EventLoops = 1, ChannelCapacity = 500 };
            topology.SetSpout("numbers", () =>
            {
                var next = 0L;
                return new InlineSpout(output =>
                {
                    for (var room = Math.Min(100, output.Remaining); room > 0 && next < Count; room--, next++) output.Emit(next, next);
                })
                {
                    Acked = number => acked.AddOrUpdate(number, 1, (_, times) => times + 1),
                };
            });
            topology.SetBolt("relay", () => new InlineBolt(
                (tuple, output) =>
                {
                    output.Emit(tuple, tuple[0], $"text {tuple[0].AsInt64()}");
                    output.Ack(tuple);
                },
                "number", "text"), 2).ShuffleGrouping("numbers");
            topology.SetBolt("sink", () => new InlineBolt((tuple, output) =>
            {
                Assert.That(tuple[1].AsString(), Is.EqualTo($"text {tuple[0].AsInt64()}"));
                seen.AddOrUpdate(tuple[0].AsInt64(), 1, (_, times) => times + 1);
                output.Ack(tuple);
            }), 2).FieldsGrouping("relay", "number");
        });

        // The spout, relays 1 and 2, sinks 3 and 4, the acker.
        ImmutableArray<int> share = [0, 0, 1, 0, 1, 0];
        return new Worker(plan, new WorkerOptions { Share = new WorkerShare(self, 2, share) });
    }

    private static void Until(Func<bool> condition, string what)
    {
        var since = Stopwatch.GetTimestamp();
        while (!condition())
        {
            Assert.That(Stopwatch.GetElapsedTime(since), Is.LessThan(Patience), $"Waited in vain for {what}.");
            Thread.Yield();
        }
    }

    private LinkThread Start(int number, PeerLinks links, ZapHandler? zap, NetMQCertificate? keys, LinkResources resources)
    {
        var me = new WorkerIdentity(Topology, (uint)number, IncarnationOf(number));
        LinkEndpoints endpoints = keys is null ? new IpcEndpoints(IpcDirectory.Open(_folder.FullName), me) : new TcpEndpoints("127.0.0.1", new Random(number));
        return LinkThread.Start(me, endpoints, keys is null ? null : new LinkSecurity(keys, zap!, me), links, new LinkOptions(), resources);
    }
}
