using Topology.Testing;

namespace Topology.Engine.Tests;

/// <summary>
/// What the spouts and bolts of one run say they do, and what the engine then owes them: for each tree one end, the right one, in time. What it does not keep is
/// written down, since an exception thrown in user code would be taken for the user's.
/// </summary>
internal sealed class TreeModel(ManualTime time, long timeout)
{
    public const string HeldTooLong = "held for longer than the message timeout";

    private readonly Dictionary<long, ModelTree> _trees = [];
    private readonly Dictionary<long, ModelTuple> _tuples = [];
    private readonly Dictionary<(int Source, string Stream, int Target), long> _lastArrived = [];
    private readonly Dictionary<long, int> _sent = [];
    private readonly List<ModelTree> _live = [];
    private long _lastId;

    public List<string> Violations { get; } = [];

    public List<ModelHold> Holds { get; } = [];

    public TreeTotals Totals { get; } = new();

    public long Now => time.GetTimestamp();

    public long Timeout => timeout;

    /// <summary>How long a message takes over its few hops, with a driver that lets every loop run once in a 200th of the timeout.</summary>
    public long Lag => timeout / 20;

    public int Trees => _trees.Count;

    /// <summary>How many trees of a spout's task have not ended.</summary>
    public int LiveOf(int task) => _live.Count(t => t.Task == task);

    /// <summary>A tuple that is about to be emitted.</summary>
    public ModelTuple Make(IEnumerable<ModelTree> trees, int depth) => new(++_lastId, [.. trees.Distinct()], depth);

    public ModelTree MakeTree(int task) => new(++_lastId, task, Now);

    /// <summary>A spout has emitted a tuple that begins a tree.</summary>
    public void TreeEmitted(ModelTree tree, ModelTuple tuple, int copies)
    {
        _trees.Add(tree.Id, tree);
        _live.Add(tree);
        Emitted(tuple, copies);
        if (copies == 0) tree.CompletedAt = Now;
    }

    /// <summary>What a hook was told: to how many tasks a tuple goes. It is told before the emit returns.</summary>
    public void Sent(long tuple, int targets) => _sent[tuple] = targets;

    public void Emitted(ModelTuple tuple, int copies)
    {
        if (_sent.TryGetValue(tuple.Id, out var targets) && targets != copies) Violations.Add($"Tuple {tuple.Id} goes to {targets} tasks instead of {copies}.");
        _tuples.Add(tuple.Id, tuple);
        tuple.Copies = copies;
        foreach (var tree in tuple.Trees)
        {
            tree.Open += copies;
            tree.Copies += copies;
        }

        if (tuple.Trees.Length > 1) Totals.MultiAnchored++;
        if (tuple.Trees.Length == 0) Totals.Unanchored++;
    }

    public ModelTuple Arrived(TupleView tuple, int target)
    {
        var id = tuple[0].AsInt64();
        var found = _tuples[id];
        if (++found.Arrived > found.Copies) Violations.Add($"Tuple {id} came {found.Arrived} times, and {found.Copies} were sent.");
        var channel = (tuple.Source.Task, tuple.Source.Stream, target);
        if (_lastArrived.GetValueOrDefault(channel) >= id) Violations.Add($"Tuple {id} came after {_lastArrived[channel]}, which was emitted later, on {channel}.");
        _lastArrived[channel] = id;
        return found;
    }

    public void Acked(ModelTuple tuple)
    {
        foreach (var tree in tuple.Trees)
            if (--tree.Open == 0) tree.CompletedAt = Now;
    }

    public void Failed(ModelTuple tuple, FailReason reason)
    {
        foreach (var tree in tuple.Trees) tree.Failures.Add(new ModelFailure(reason, Now));
    }

    public void Reset(ModelTuple tuple)
    {
        foreach (var tree in tuple.Trees) tree.Resets.Add(Now);
        Totals.Resets++;
    }

    /// <summary>A spout was told that a tree is complete.</summary>
    public void TreeAcked(int task, long id)
    {
        var tree = End(task, id, ModelTreeState.Acked);
        if (tree.CompletedAt is null) Violations.Add($"Acked too early: {tree}");
        Totals.Acked++;
    }

    /// <summary>A spout was told that a tree failed.</summary>
    public void TreeFailed(int task, long id, FailReason reason)
    {
        var tree = End(task, id, ModelTreeState.Failed);
        Totals.Failed[reason.Kind] = Totals.Failed.GetValueOrDefault(reason.Kind) + 1;
        if (reason.Kind == FailKind.Timeout) CheckTimeout(tree, reason);
        else if (reason.Detail == HeldTooLong) CheckHeldTooLong(tree, reason);
        else if (!tree.Failures.Exists(f => f.Reason == reason)) Violations.Add($"Nobody failed it for '{reason}': {tree}");
    }

    /// <summary>A spout's task is restarted.</summary>
    public void Dropped(int task)
    {
        foreach (var tree in _live.Where(t => t.Task == task))
        {
            tree.State = ModelTreeState.Dropped;
            Totals.Dropped++;
        }

        _live.RemoveAll(t => t.Task == task);
    }

    /// <summary>Looks for trees that should have ended by now.</summary>
    public void Look()
    {
        foreach (var tree in _live)
        {
            if (tree.CompletedAt + Lag < Now) Violations.Add($"Complete and not acked: {tree}");
            if (tree.Failures.Count > 0 && tree.Failures[0].At + Lag < Now) Violations.Add($"Failed and its spout was not told: {tree}");
            if (tree.LastTouched + (timeout / 10 * 11) < Now) Violations.Add($"Not timed out by 1.1 T: {tree}");
        }
    }

    /// <summary>What must be so when the run has ended.</summary>
    public void LookAtTheEnd()
    {
        foreach (var tree in _live) Violations.Add($"Never ended: {tree}");
        foreach (var tuple in _tuples.Values.Where(t => t.Arrived != t.Copies)) Violations.Add($"Tuple {tuple.Id} came {tuple.Arrived} times, and {tuple.Copies} were sent.");
        Totals.Trees = _trees.Count;
    }

    private ModelTree End(int task, long id, ModelTreeState state)
    {
        var tree = _trees[id];
        if (tree.State != ModelTreeState.Live) Violations.Add($"{state} after its end: {tree}");
        if (tree.Task != task) Violations.Add($"Task {task} was told of the end of: {tree}");
        tree.State = state;
        _live.Remove(tree);
        return tree;
    }

    private void CheckTimeout(ModelTree tree, FailReason reason)
    {
        // A reset may still have been on its way when the acker decided.
        var touched = tree.LastTouchedBefore(Now - Lag);
        if (Now - touched <= timeout) Violations.Add($"Timed out before T, at {Now / 1e6} ms: {tree}");
        if (reason != new FailReason(FailKind.Timeout)) Violations.Add($"'{reason}' should name no place: {tree}");
        if (tree.Resets.Count > 0) Totals.TimedOutAfterReset++;
    }

    private void CheckHeldTooLong(ModelTree tree, FailReason reason)
    {
        Totals.HeldTooLong++;
        var isHeld = Holds.Exists(h => !h.IsAnswered && h.Tuple.Trees.Contains(tree) && h.Component == reason.Component && h.Task == reason.Task && Now - h.Since > timeout);
        if (!isHeld || reason.Kind != FailKind.Forgotten) Violations.Add($"{reason.Component}[{reason.Task}] did not hold it for longer than T ('{reason}'): {tree}");
    }
}
