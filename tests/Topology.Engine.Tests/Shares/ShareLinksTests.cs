using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Diagnostics;
using Topology.Messaging;

namespace Topology.Engine.Tests;

/// <summary>Shares with threads of their own, linked by ZeroMQ over ipc.</summary>
[Platform(Exclude = "Win")]
public sealed class ShareLinksTests : ZmqFixture
{
    private const int Few = 300;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private DirectoryInfo _folder = null!;

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("share-links");

    [TearDown]
    public void RemoveFolder() => _folder.Delete(recursive: true);

    [Test]
    public void Generations_change_under_load_while_a_bolt_blocks_and_in_the_end_all_finish_together()
    {
        var acked = new ConcurrentDictionary<long, int>();
        var seen = new ConcurrentDictionary<long, int>();
        var few = new ConcurrentDictionary<long, int>();
        var results = new ConcurrentQueue<long>();
        var blocked = 0;
        var isOver = false;
        using var gate = new ManualResetEventSlim();
        var positions = new MemoryPositionStore();
        var directory = IpcDirectory.Open(_folder.FullName);
        ulong incarnations = 0;
        var plan = MakePlan();
        var places = new Dictionary<string, int[]> { ["numbers"] = [0], ["few"] = [0], ["relay"] = [0, 1, 2], ["blocks"] = [2], ["sink"] = [1] };
        ImmutableArray<int> share = [.. plan.Components.SelectMany(c => places[c.Id]), 0];
        var processes = Enumerable.Range(0, 3).Select(Make).ToArray();
        try
        {
            for (ulong generation = 1; generation <= 4; generation++)
            {
                foreach (var process in processes) process.Connect(generation, processes);
                var prepared = processes.Select(process => process.Run.PrepareAsync()).ToArray();
                Until(() => processes.All(process => process.Run.IsUp) && prepared.All(p => p.IsCompletedSuccessfully), $"generation {generation}");
                foreach (var process in processes) process.Run.SetActive(true);
                var before = acked.Count;
                Until(() => acked.Count > before + 5_000, $"trees of generation {generation}");
                if (generation == 1) Until(() => Volatile.Read(ref blocked) > 0, "a bolt that blocks");
                if (generation == 4) break;
                foreach (var process in processes) process.Run.FailPending(generation == 2 ? FailKind.LinkLost : FailKind.WorkerLost);
                if (generation == 2) continue;
                processes[1].Kill();
                processes[1] = Make(1);
            }

            Volatile.Write(ref isOver, true);
            gate.Set();
            Until(() => processes.All(process => ShareGroup.IsExhausted(process.Run)), "the end of the spout");
            foreach (var process in processes) process.Run.Finish();
            Until(() => processes.All(process => process.Run.Completion.IsCompleted), "the end");

            Assert.That(processes.Select(process => process.Run.Completion.Result.State), Is.All.EqualTo(RunState.Completed));
            Assert.That(acked, Has.Count.EqualTo(acked.Keys.Max() + 1));
            Assert.That(acked.Values, Is.All.EqualTo(1));
            Assert.That(seen, Has.Count.EqualTo(acked.Count));
            Assert.That(few, Has.Count.EqualTo(Few));
            Assert.That(results.Single(), Is.EqualTo(3), "Each relay says in Finish that it is done.");
            var numbers = processes[0].Run.Metrics["numbers"];
            Assert.That((numbers.DeadLetters, numbers.Lost), Is.EqualTo((0L, 0L)));
            Assert.That(processes.SelectMany(process => process.Lost).Where(lost => lost.Generation == 4), Is.Empty);
            Assert.That(Task.WaitAll(processes.Select(process => Task.Run(() => process.Links.Close(Patience))).ToArray<Task>(), Patience), Is.True);
        }
        finally
        {
            gate.Set();
            foreach (var process in processes) process.Dispose();
        }

        ShareProcess Make(int number) => new(MakePlan(), new WorkerShare(number, 3, share), directory, ++incarnations, positions);

        TopologyPlan MakePlan() => Simulation.PlanOf(topology =>
        {
            topology.Options = topology.Options with { EventLoops = 2, ChannelCapacity = 100, Ackers = 1 };
            topology.SetSpout("numbers", () => new RecordSpout(0, new ReplayPolicy { MaxAttempts = 1, MaxTimeouts = 1 })
            {
                // However long this thread is away, there are trees left for the next generation.
                IsEndless = () => !Volatile.Read(ref isOver),
                WasAcked = number => acked.AddOrUpdate(number, 1, (_, times) => times + 1),
            });
            topology.SetSpout("few", () => new RecordSpout(Few));
            topology.SetBolt("relay", () => new InlineBolt((tuple, output) =>
            {
                output.Emit(tuple, tuple[0]);
                output.Ack(tuple);
            }, "number")
            { Finished = output => output.Emit(Anchor.None, -1) }, 3).ShuffleGrouping("numbers");
            topology.SetBolt("blocks", () => new InlineBolt((tuple, output) =>
            {
                if (Interlocked.Increment(ref blocked) == 1) gate.Wait();
                output.Emit(tuple, tuple[0]);
                output.Ack(tuple);
            }, "number")).ShuffleGrouping("few");
            topology.SetBolt("sink", () =>
            {
                var ends = 0L;
                return new InlineBolt((tuple, output) =>
                {
                    if (tuple[0].AsInt64() < 0) ends++;
                    else if (tuple.Source.Component == "blocks") few.TryAdd(tuple[0].AsInt64(), 0);
                    else seen.AddOrUpdate(tuple[0].AsInt64(), 1, (_, times) => times + 1);
                    output.Ack(tuple);
                })
                { Finished = _ => results.Enqueue(ends) };
            }).GlobalGrouping("relay").GlobalGrouping("blocks");
        });
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
}
