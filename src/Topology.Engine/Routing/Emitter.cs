using System.Runtime.CompilerServices;
using Topology.Messaging;

namespace Topology.Engine;

/// <summary>Puts one task's emits into its executor's outboxes: checks, chooses the targets, makes the edges.</summary>
internal sealed class Emitter
{
    private readonly int _maxValue;
    private readonly int _outboxLimit;
    private readonly Outputs _outputs;
    private readonly EdgeIds _edges;
    private readonly TaskCounters _counters;
    private readonly List<int> _chosen = [];
    private OutStream[] _streams = [];
    private int _emittedOverdrawn;

    public Emitter(Outputs outputs, EdgeIds edges, TaskCounters counters, TopologyOptions options)
    {
        _outputs = outputs;
        _edges = edges;
        _counters = counters;
        _maxValue = options.MaxValueBytes;
        _outboxLimit = options.OutboxLimit;
    }

    public IReadOnlyList<OutStream> Streams => _streams;

    /// <summary>The hooks of the task, or null.</summary>
    public TaskHooks? Hooks { get; set; }

    public EdgeIds Edges => _edges;

    public void Connect(OutStream[] streams) => _streams = streams;

    /// <summary>A new input begins: what it may emit is counted anew.</summary>
    public void BeginInput() => _emittedOverdrawn = 0;

    /// <summary>Emits a tuple. Returns the XOR of its edges, one for each task that gets it; 0 when it is in no tree.</summary>
    /// <param name="stream">The index of the stream.</param>
    /// <param name="task">The chosen task of a direct stream, else -1.</param>
    /// <param name="values">The values.</param>
    /// <param name="root">The tree, or 0.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong Emit(int stream, int task, ReadOnlySpan<Value> values, ulong root)
    {
        var to = _streams[stream];
        Check(to, task, values);
        _counters.Emitted++;
        var routers = to.Routers;
        if (routers.Length == 1 && routers[0].IsSingle && Hooks is null)
            return Send(to, routers[0].Choose(values), values, root, default);
        return EmitToMany(to, task, values, root, default);
    }

    /// <summary>Emits a tuple in the trees of several roots. Every root gets the same edges.</summary>
    public ulong Emit(int stream, int task, ReadOnlySpan<Value> values, TupleIds first, ReadOnlySpan<TupleIds> further)
    {
        var to = _streams[stream];
        Check(to, task, values);
        _counters.Emitted++;
        return EmitToMany(to, task, values, first.Root, further);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private ulong EmitToMany(OutStream to, int task, ReadOnlySpan<Value> values, ulong root, ReadOnlySpan<TupleIds> further)
    {
        ulong edges = 0;
        var targets = 0;
        foreach (var router in to.Routers)
        {
            if (router.IsSingle)
            {
                edges ^= Send(to, router.Choose(values), values, root, further);
                targets++;
                continue;
            }

            _chosen.Clear();
            router.ChooseMany(values, task, _chosen);
            targets += _chosen.Count;
            foreach (var chosen in _chosen) edges ^= Send(to, router.Targets[chosen], values, root, further);
        }

        Hooks?.Emitted(to.Stream, values, targets);
        return edges;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ulong Send(OutStream from, OutTarget target, ReadOnlySpan<Value> values, ulong root, ReadOnlySpan<TupleIds> further)
    {
        var batch = target.Outbox.BatchFor(values.Length);
        var edge = root == 0 ? 0 : _edges.Next();
        var extra = further.IsEmpty ? -1 : AddExtra(batch, further, edge);
        batch.AddRow(target.Place, target.TaskPlace, from.Source, batch.AddValues(values), values.Length, new TupleIds(root, edge), extra);
        _counters.Transferred++;
        if (--target.Gate.Available <= 0) _outputs.SpentLastCredit(target.Gate);
        return edge;
    }

    private static int AddExtra(TupleBatch batch, ReadOnlySpan<TupleIds> further, ulong edge)
    {
        var pairs = new TupleIds[further.Length];
        for (var i = 0; i < pairs.Length; i++) pairs[i] = new TupleIds(further[i].Root, edge);
        return batch.AddExtra(pairs);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Check(OutStream to, int task, ReadOnlySpan<Value> values)
    {
        if (values.Length != to.Arity || task >= 0 != to.IsDirect) EmitErrors.Throw(to, task, values);
        foreach (ref readonly var value in values)
            if (value.IsLongerThan(_maxValue)) EmitErrors.ThrowTooLong(to, value, _maxValue);
        if (_outputs.IsOverdrawn) CountOverdrawn(to);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void CountOverdrawn(OutStream to)
    {
        if (++_emittedOverdrawn > _outboxLimit) EmitErrors.ThrowOutboxLimit(to, _outboxLimit);
    }
}
