namespace Topology.Messaging.Tests;

/// <summary>
/// Three workers; now and then the generation is raised, at each worker at another moment, and sometimes a worker is replaced by a new incarnation while the old
/// process lives on and knows nothing of it.
/// </summary>
internal sealed class ReplacementRun
{
    private const int Rounds = 6;

    private readonly SimulatedWorkers _workers;
    private readonly Random _chance;
    private readonly SimulatedWorker[] _current = new SimulatedWorker[3];
    private readonly List<SimulatedWorker> _all = [];
    private readonly Dictionary<uint, (ulong Generation, ulong Incarnation, uint To)> _sent = [];
    private ulong _generation;
    private ulong _incarnation = 100;
    private uint _number;

    public ReplacementRun(SimulatedWorkers workers, Random chance)
    {
        (_workers, _chance) = (workers, chance);
        for (uint i = 0; i < 3; i++) _current[i] = Start(i);
    }

    public long OtherGenerations => _all.Sum(worker => worker.Links.Counters.Sum(counters => counters.Refused[Refusal.OtherGeneration]));

    public long UnknownSenders => _all.Sum(worker => worker.Links.Refused[Refusal.UnknownSender]);

    public void Go()
    {
        for (var round = 0; round < Rounds; round++)
        {
            _generation++;
            if (round > 0 && _chance.Next(2) == 0)
            {
                var replaced = (uint)_chance.Next(3);
                _current[replaced] = Start(replaced);
            }

            // In any order, with traffic meanwhile: nobody hears of a generation at the same moment.
            foreach (var worker in _current.OrderBy(_ => _chance.Next()).ToArray())
            {
                Run(_chance.Next(60));
                worker.Assign(_generation, [.. _current.Where(other => other != worker)]);
            }

            Run(100);
        }

        _workers.Network.Faults = _workers.Network.Faults with { Cut = 0 };
        _workers.Until(() => Pending().Count == 0);
    }

    /// <summary>What was sent under the last generation, and has not arrived.</summary>
    private List<uint> Pending()
    {
        var incarnations = _current.Select(worker => worker.Me.Incarnation).ToHashSet();
        var arrived = _current.SelectMany(worker => worker.Handler.Frames.Select(frame => frame.Number)).ToHashSet();
        return [.. _sent.Where(sent => sent.Value.Generation == _generation && incarnations.Contains(sent.Value.Incarnation) && !arrived.Contains(sent.Key)).Select(sent => sent.Key)];
    }

    private SimulatedWorker Start(uint number)
    {
        var worker = _workers.Add(number, ++_incarnation);
        var last = new Dictionary<(ulong, LinkConnection), uint>();
        worker.Handler.Intercept = (peer, connection, frame) =>
        {
            Check(worker, peer, connection, NumberedFrame.Read(frame), last);
            return WireError.None;
        };
        _all.Add(worker);
        return worker;
    }

    private void Check(SimulatedWorker receiver, LinkPeer peer, LinkConnection connection, uint number, Dictionary<(ulong, LinkConnection), uint> last)
    {
        var sent = _sent[number];
        var set = receiver.Outboxes.Set;
        Assert.That(sent.To, Is.EqualTo(receiver.Me.Worker));
        Assert.That(sent.Incarnation, Is.EqualTo(peer.Incarnation));
        Assert.That(set.Peers.Select(known => known.Incarnation), Does.Contain(sent.Incarnation), "A frame of an old incarnation was handed on.");
        Assert.That(sent.Generation, Is.EqualTo(set.Generation), "A frame of another generation was handed on.");
        Assert.That(number, Is.GreaterThan(last.GetValueOrDefault((peer.Incarnation, connection))), "Twice, or out of order.");
        last[(peer.Incarnation, connection)] = number;
    }

    private void Run(int steps)
    {
        for (var step = 0; step < steps; step++)
        {
            foreach (var worker in _all) SendSome(worker);
            _workers.Step();
        }

        // An exception over a frame, as of a check above, loses the link.
        Assert.That(_all.SelectMany(worker => worker.Handler.Losses), Is.Empty);
    }

    private void SendSome(SimulatedWorker worker)
    {
        if (worker.Outboxes is null || _chance.Next(2) == 0) return;
        var set = worker.Outboxes.Set;
        var peer = set.Peers[_chance.Next(set.Peers.Count)];
        var outbox = worker.Outboxes.To(peer.Worker, _chance.Next(2) == 0 ? LinkConnection.Data : LinkConnection.Control);
        _sent[++_number] = (set.Generation, worker.Me.Incarnation, peer.Worker);
        if (!outbox.TrySend(NumberedFrame.Write(worker.Buffers, outbox.Header, _number))) _sent.Remove(_number);
    }
}
