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
        for (var i = 0; i < Routes.Length; i++) Routes[i] = Routes[i].Shared();
    }

    public bool IsListed { get; set; }

    public override int Choose(ReadOnlySpan<Value> values)
    {
        var routes = Routes;
        var next = _next;
        _next = next + 1 == routes.Length ? 0 : next + 1;
        return _outputs.CreditOf(routes[next].Credit) > 0 ? next : ChooseWithRoom(next);
    }

    public bool IsPaid() => Array.Exists(Targets, t => t.Gate.HasRoom);

    public void WaitForCredit()
    {
        foreach (var target in Targets) target.Gate.WaitForCredit();
    }

    private int ChooseWithRoom(int next)
    {
        var best = next;
        for (var i = 0; i < Targets.Length; i++)
        {
            var place = (next + i) % Targets.Length;
            var gate = Targets[place].Gate;
            if (gate.HasRoom)
            {
                _next = (place + 1) % Targets.Length;
                return place;
            }

            if (gate.Available > Targets[best].Gate.Available) best = place;
        }

        // The least overdrawn: a task that is stuck gets no more of what its siblings could do.
        var chosen = Targets[best].Gate;
        if (chosen.IsFeedback) _outputs.CheckFeedback(chosen);
        else _outputs.Owe(this);
        return best;
    }
}
