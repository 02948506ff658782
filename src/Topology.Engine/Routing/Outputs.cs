using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Topology.Engine;

/// <summary>Everything that leaves an executor: rows by loop, messages by acker, and the credits that hold it back.</summary>
internal sealed class Outputs
{
    /// <summary>128 bytes away from what others write.</summary>
    private const int CreditPadding = 32;

    private readonly Executor _executor;

    // Side by side, since a sender with many receivers looks at another one with each tuple.
    private readonly int[] _credits;
    private readonly List<Outbox> _outboxes = [];
    private readonly List<IDebt> _debts = [];
    private readonly Dictionary<EventLoop, Outbox> _byLoop = [];
    private readonly Dictionary<Peer, LinkOutbox> _byPeer = [];
    private readonly Dictionary<Executor, CreditGate> _gates = [];
    private readonly List<CreditGate> _gateOfCredit = [];
    private AckOutbox[] _ackers = [];

    public Outputs(Executor executor)
    {
        _executor = executor;
        _credits = new int[executor.Worker.ExecutorCapacity + (2 * CreditPadding)];
    }

    /// <summary>Whether a channel is overdrawn or a lane is full: no further row may be taken.</summary>
    public bool IsFull
    {
        get
        {
            if (IsOverdrawn) return true;
            foreach (var outbox in _outboxes)
                if (outbox.IsFull) return true;
            return false;
        }
    }

    /// <summary>Whether any channel is overdrawn, which is looked at with each emit and after each row.</summary>
    public bool IsOverdrawn;

    public Outbox OutboxTo(EventLoop loop)
    {
        if (_byLoop.TryGetValue(loop, out var outbox)) return outbox;
        outbox = new LaneOutbox(loop, _executor.Index, loop.LaneFrom(_executor.Index));
        _outboxes.Add(outbox);
        return _byLoop[loop] = outbox;
    }

    /// <summary>Rows that have left for other workers. Read by other threads as well.</summary>
    public long RowsHandedOver => _byPeer.Values.Sum(outbox => outbox.RowsHandedOver);

    /// <summary>See <see cref="LinkOutbox.RowsAway"/>.</summary>
    public long RowsAway => _byPeer.Values.Sum(outbox => outbox.RowsAway);

    public LinkOutbox OutboxTo(Peer peer)
    {
        if (_byPeer.TryGetValue(peer, out var outbox)) return outbox;
        outbox = new LinkOutbox(peer, _executor.Index);
        _outboxes.Add(outbox);
        return _byPeer[peer] = outbox;
    }

    public CreditGate GateTo(Executor receiver, int window, bool isFeedback)
    {
        if (_gates.TryGetValue(receiver, out var gate)) return gate;
        var link = receiver is RemoteExecutor remote ? OutboxTo(remote.Peer) : null;
        gate = new CreditGate(receiver, link?.Lane ?? receiver.Home.LaneFrom(_executor.Index), _credits, CreditPadding + _gates.Count, window, isFeedback);
        link?.Add(gate);
        _gateOfCredit.Add(gate);
        return _gates[receiver] = gate;
    }

    public void Connect(IReadOnlyList<IAcker> ackers) => _ackers = [.. ackers.Select(acker => new AckOutbox(acker, _executor.Index))];

    /// <summary>The way to the acker that serves a tree's spout task.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public AckOutbox AckerOf(ulong root) => _ackers.Length == 1 ? _ackers[0] : _ackers[_executor.Worker.AckerOfTask[RootId.Task(root)]];

    /// <summary>How many rows may still be sent by the channel with this credit; negative when overdrawn.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref int CreditOf(int credit) => ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_credits), credit);

    /// <summary>A channel is overdrawn.</summary>
    public void Overdraw(int credit)
    {
        var gate = _gateOfCredit[credit - CreditPadding];
        if (gate.IsListed || gate.Refresh()) return;
        if (gate.IsFeedback) CheckFeedback(gate);
        else Owe(gate);
    }

    /// <summary>No further row is taken until this is paid.</summary>
    public void Owe(IDebt debt)
    {
        if (debt.IsListed) return;
        debt.IsListed = true;
        _debts.Add(debt);
        IsOverdrawn = true;
    }

    /// <summary>A feedback channel holds nobody back, but not for ever.</summary>
    public void CheckFeedback(CreditGate gate)
    {
        if (-(long)gate.Available > _executor.Worker.Plan.Options.FeedbackLimit) _executor.Worker.FailFeedback(_executor, gate);
    }

    /// <summary>Sends what there is. False when downstream is full; the executor is then woken when it no longer is.</summary>
    public bool TryFlush()
    {
        var flushed = true;
        foreach (var acker in _ackers) flushed &= acker.TryFlush();
        // The acker always takes what it has: it needs no more than another try.
        if (!flushed) _executor.Wake();
        flushed = true;
        foreach (var outbox in _outboxes) flushed &= outbox.TryFlush();
        return (!IsOverdrawn || PayDebts()) && flushed;
    }

    private bool PayDebts()
    {
        for (var i = _debts.Count - 1; i >= 0; i--)
        {
            var debt = _debts[i];
            if (!debt.IsPaid())
            {
                debt.WaitForCredit();
                if (!debt.IsPaid()) continue;
            }

            debt.IsListed = false;
            _debts.RemoveAt(i);
        }

        IsOverdrawn = _debts.Count > 0;
        return !IsOverdrawn;
    }
}
