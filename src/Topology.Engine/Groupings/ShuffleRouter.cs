namespace Topology.Engine;

/// <summary>
/// Shuffle grouping: in turns, passing over tasks whose channel is full as long as another has room. The sender waits only when none has, and until any has again, so
/// that one task that is stuck holds nobody up.
/// </summary>
internal sealed class ShuffleRouter : Router, IDebt
{
    private readonly Outputs _outputs;
    private int _next;

    /// <param name="targets">The tasks to deal to; at least one.</param>
    /// <param name="start">Where to begin, so that not every emitter begins with the same.</param>
    /// <param name="outputs">The sender's outputs, which are told when no task has room.</param>
    public ShuffleRouter(OutTarget[] targets, int start, Outputs outputs) : base(targets, isSingle: true)
    {
        _outputs = outputs;
        _next = start % targets.Length;
        foreach (var target in targets) target.OwesAlone = false;
    }

    public bool IsListed { get; set; }

    public override OutTarget Choose(ReadOnlySpan<Value> values)
    {
        var targets = Targets;
        var next = _next;
        _next = next + 1 == targets.Length ? 0 : next + 1;
        var target = targets[next];
        return target.Available > 0 ? target : ChooseWithRoom(next);
    }

    public bool IsPaid() => Array.Exists(Targets, t => t.Gate.HasRoom);

    public void WaitForCredit()
    {
        foreach (var target in Targets) target.Gate.WaitForCredit();
    }

    private OutTarget ChooseWithRoom(int next)
    {
        var best = Targets[next];
        for (var i = 0; i < Targets.Length; i++)
        {
            var place = (next + i) % Targets.Length;
            var target = Targets[place];
            if (target.Gate.HasRoom)
            {
                _next = (place + 1) % Targets.Length;
                return target;
            }

            if (target.Available > best.Available) best = target;
        }

        // The least overdrawn: a task that is stuck gets no more of what its siblings could do.
        if (best.Gate.IsFeedback) _outputs.CheckFeedback(best.Gate);
        else _outputs.Owe(this);
        return best;
    }
}
