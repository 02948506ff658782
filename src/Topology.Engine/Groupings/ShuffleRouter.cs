namespace Topology.Engine;

/// <summary>Shuffle grouping: in turns, passing over tasks whose channel is full as long as another has room.</summary>
internal sealed class ShuffleRouter(OutTarget[] targets, int start) : Router(targets, isSingle: true)
{
    private int _next = start % targets.Length;

    public override OutTarget Choose(ReadOnlySpan<Value> values)
    {
        var targets = Targets;
        var next = _next;
        _next = next + 1 == targets.Length ? 0 : next + 1;
        var target = targets[next];
        return target.Gate.Available > 0 ? target : ChooseWithRoom(next);
    }

    private OutTarget ChooseWithRoom(int next)
    {
        for (var i = 0; i < Targets.Length; i++)
        {
            var place = (next + i) % Targets.Length;
            if (!Targets[place].Gate.HasRoom) continue;
            _next = (place + 1) % Targets.Length;
            return Targets[place];
        }

        return Targets[next];
    }
}
