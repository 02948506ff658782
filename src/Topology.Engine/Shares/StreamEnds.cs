using Topology.Messaging;

namespace Topology.Engine;

/// <summary>
/// Which components have emitted their last, in which workers of a topology. A worker tells the others of each of its own, on the connection for rows and behind all that the component
/// emitted: who has heard it from all has every row.
/// </summary>
internal sealed class StreamEnds
{
    private readonly Worker _worker;
    private readonly Lock _lock = new();
    private readonly Dictionary<string, int> _numbers;
    private readonly bool[] _isMine;

    // Used by whoever tells: the frame that a peer's link had no room for.
    private readonly FrameBuffer?[] _refused;

    // By component and worker: whether it has tasks there that have not ended, and whether the peer was told that it has ended here.
    private readonly bool[,] _isOpen;
    private readonly bool[,] _isTold;

    public StreamEnds(Worker worker)
    {
        _worker = worker;
        _numbers = worker.Plan.Components.Select((component, number) => (component.Id, number)).ToDictionary(pair => pair.Id, pair => pair.number);
        _isOpen = new bool[_numbers.Count, Share.Workers];
        _isTold = new bool[_numbers.Count, Share.Workers];
        _refused = new FrameBuffer?[Share.Workers];
        Restart();
        _isMine = [.. Enumerable.Range(0, _numbers.Count).Select(component => _isOpen[component, Share.Self])];
    }

    private WorkerShare Share => _worker.Options.Share!;

    /// <summary>Whether no row can come any more of what a component subscribes to; channels that close a cycle are not waited for.</summary>
    public bool HasEndedBefore(ComponentPlan component)
    {
        lock (_lock) return component.Inputs.All(input => input.IsFeedback || !IsOpen(_numbers[input.Component]));
    }

    /// <summary>The tasks of a component that run here have emitted their last, and it has left.</summary>
    public void End(string component)
    {
        lock (_lock) _isOpen[_numbers[component], Share.Self] = false;
    }

    /// <summary>Tells the others of what has ended here. False while a link has no room, or there is none, and this is to be called again. One thread at a time.</summary>
    public bool TryTell()
    {
        var told = true;
        foreach (var peer in _worker.Peers)
            if (peer is not null) told &= TryTell(peer);
        return told;
    }

    /// <summary>Another worker says that a component has ended there. What makes no sense, and what was said before, changes nothing. Called by the link's thread.</summary>
    public void OnEnd(int worker, ulong component)
    {
        if (component >= (ulong)_numbers.Count) return;
        lock (_lock) _isOpen[(int)component, worker] = false;
        _worker.Watchdog.Signal();
    }

    /// <summary>A generation begins: whatever others said was about what they had in the one before. Called by the link's thread.</summary>
    public void Restart()
    {
        lock (_lock)
        {
            for (var executor = 0; executor < _worker.Executors.Length; executor++)
                if (_numbers.TryGetValue(_worker.Executors[executor].Component, out var number)) _isOpen[number, Share.WorkerOfExecutor[executor]] = true;
        }
    }

    private bool IsOpen(int component)
    {
        for (var worker = 0; worker < Share.Workers; worker++)
            if (_isOpen[component, worker]) return true;
        return false;
    }

    private bool TryTell(Peer peer)
    {
        var frame = _refused[peer.Number];
        if (frame is null && !HasNews(peer)) return true;
        if (peer.Current?.Link is not { } link) return false;
        frame ??= Write(peer, link);
        _refused[peer.Number] = link.TrySendRows(frame) ? null : frame;
        return _refused[peer.Number] is null;
    }

    private bool HasNews(Peer peer)
    {
        for (var component = 0; component < _isMine.Length; component++)
            if (IsNews(component, peer)) return true;
        return false;
    }

    private bool IsNews(int component, Peer peer) => _isMine[component] && !_isOpen[component, Share.Self] && !_isTold[component, peer.Number];

    private FrameBuffer Write(Peer peer, IPeerLink link)
    {
        var writer = new FrameWriter(link.RowBuffers);
        writer.Begin(link.Header);
        for (var component = 0; component < _isMine.Length; component++)
        {
            if (!IsNews(component, peer)) continue;
            _isTold[component, peer.Number] = true;
            writer.Write(new EndOfStream((ulong)component));
        }

        return writer.Finish();
    }
}
