using System.Runtime.CompilerServices;
using Topology.Messaging;

namespace Topology.Engine;

/// <summary>Puts one task's emits into its executor's outboxes: checks, chooses the targets, makes the edges.</summary>
internal sealed class Emitter
{
    private readonly int _maxValue;
    private readonly int _surelyShort;
    private readonly int _outboxLimit;
    private readonly Outputs _outputs;
    private readonly EdgeIds _edges;
    private readonly TaskCounters _counters;
    private OutStream[] _streams = [];
    private OutStream _default = null!;
    private int _emittedOverdrawn;

    public Emitter(Outputs outputs, EdgeIds edges, TaskCounters counters, TopologyOptions options)
    {
        _outputs = outputs;
        _edges = edges;
        _counters = counters;
        _maxValue = options.MaxValueBytes;
        // Text takes 2 bytes per character.
        _surelyShort = _maxValue / 2;
        _outboxLimit = options.OutboxLimit;
    }

    public IReadOnlyList<OutStream> Streams => _streams;

    /// <summary>The hooks of the task, or null.</summary>
    public TaskHooks? Hooks { get; set; }

    public EdgeIds Edges => _edges;

    public void Connect(OutStream[] streams)
    {
        _streams = streams;
        _default = streams[0];
    }

    /// <summary>A new input begins: what it may emit is counted anew.</summary>
    public void BeginInput() => _emittedOverdrawn = 0;

    /// <summary>A tick or the end: what was gathered may be emitted however much it is. The state that it comes from bounds it.</summary>
    public void BeginGathered() => _emittedOverdrawn = int.MinValue;

    /// <summary>A stream by its index; most emits go to the default stream, which takes no look at an array.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public OutStream StreamOf(int index) => index == 0 ? _default : _streams[index];

    /// <summary>Refuses an emit that is not as its stream was declared, before anything is changed.</summary>
    /// <param name="to">The stream.</param>
    /// <param name="task">The chosen task of a direct stream, else -1.</param>
    /// <param name="values">The values.</param>
    /// <exception cref="EmitException">The number of values, the size of one, or the way of emitting is wrong, or the outbox is at its limit.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Check(OutStream to, int task, ReadOnlySpan<Value> values)
    {
        if (values.Length != to.Arity || task >= 0 != to.IsDirect) EmitErrors.Throw(to, task, values);
        foreach (ref readonly var value in values)
            if (value.MayBeLong(_surelyShort)) CheckLength(to, value);
        if (_outputs.IsOverdrawn) CountOverdrawn(to);
    }

    /// <summary>Emits a tuple. Returns the XOR of its edges, one for each task that gets it; 0 when it is in no tree.</summary>
    /// <param name="stream">The index of the stream.</param>
    /// <param name="task">The chosen task of a direct stream, else -1.</param>
    /// <param name="values">The values.</param>
    /// <param name="root">The tree, or 0.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong Emit(int stream, int task, ReadOnlySpan<Value> values, ulong root)
    {
        var to = StreamOf(stream);
        Check(to, task, values);
        return EmitChecked(to, task, values, root);
    }

    /// <summary>Emits a tuple that was checked. Returns the XOR of its edges.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong EmitChecked(OutStream to, int task, ReadOnlySpan<Value> values, ulong root)
    {
        if (!IsPlain(to)) return EmitToMany(to, task, values, root, default);
        var edge = root == 0 ? 0 : _edges.Next();
        EmitPlain(to, values, new TupleIds(root, edge));
        return edge;
    }

    /// <summary>Whether emits on a stream go to exactly one task, which nobody's code but the engine's chooses.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool IsPlain(OutStream to) => to.Single is not null && Hooks is null;

    /// <summary>Emits a tuple that was checked on a stream that is plain. Throws nothing.</summary>
    /// <param name="to">The stream.</param>
    /// <param name="values">The values.</param>
    /// <param name="ids">The tree and the edge; an edge of 0 stands for <see cref="EdgeIds.FirstOf"/>.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void EmitPlain(OutStream to, ReadOnlySpan<Value> values, TupleIds ids)
    {
        _counters.Emitted++;
        var router = to.Single!;
        Send(to, in router.Routes[router.Choose(values)], values, ids, default);
    }

    /// <summary>Emits a tuple in the trees of several roots. Every root gets the same edges.</summary>
    public ulong Emit(int stream, int task, ReadOnlySpan<Value> values, TupleIds first, ReadOnlySpan<TupleIds> further)
    {
        var to = StreamOf(stream);
        Check(to, task, values);
        return EmitToMany(to, task, values, first.Root, further);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private ulong EmitToMany(OutStream to, int task, ReadOnlySpan<Value> values, ulong root, ReadOnlySpan<TupleIds> further)
    {
        // Users' groupings choose, and may throw, before anything is sent.
        foreach (var router in to.Routers) router.Prepare(values, task);
        _counters.Emitted++;
        ulong edges = 0;
        var targets = 0;
        foreach (var router in to.Routers)
        {
            if (router.IsSingle)
            {
                edges ^= SendOne(to, router.Routes[router.Choose(values)], values, root, further);
                targets++;
                continue;
            }

            foreach (var target in router.Chosen) edges ^= SendOne(to, target.Route, values, root, further);
            targets += router.Chosen.Count;
        }

        _counters.ExtraTransferred += targets - 1;
        Hooks?.Emitted(to.Stream, values, targets, isTracked: root != 0);
        return edges;
    }

    private ulong SendOne(OutStream from, Route route, ReadOnlySpan<Value> values, ulong root, ReadOnlySpan<TupleIds> further)
    {
        var edge = root == 0 ? 0 : _edges.Next();
        Send(from, in route, values, new TupleIds(root, edge), further);
        return edge;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Send(OutStream from, in Route route, ReadOnlySpan<Value> values, TupleIds ids, ReadOnlySpan<TupleIds> further)
    {
        var batch = route.Outbox.BatchFor(values.Length);
        var extra = further.IsEmpty ? -1 : AddExtra(batch, further, ids.Edge);
        batch.AddRow(route.Place, from.Address | route.Address, batch.AddValues(values), ids, extra);
        if (--_outputs.CreditOf(route.Credit) < 0 && route.OwesAlone) _outputs.Overdraw(route.Credit);
    }

    private static int AddExtra(TupleBatch batch, ReadOnlySpan<TupleIds> further, ulong edge)
    {
        var pairs = new TupleIds[further.Length];
        for (var i = 0; i < pairs.Length; i++) pairs[i] = new TupleIds(further[i].Root, edge);
        return batch.AddExtra(pairs);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void CheckLength(OutStream to, Value value)
    {
        if (value.IsLongerThan(_maxValue)) EmitErrors.ThrowTooLong(to, value, _maxValue);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void CountOverdrawn(OutStream to)
    {
        if (++_emittedOverdrawn > _outboxLimit) EmitErrors.ThrowOutboxLimit(to, _outboxLimit);
    }
}
