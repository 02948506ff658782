namespace Topology.Engine;

/// <summary>A task of an untracked spout.</summary>
internal sealed class PlainSpoutTask(SpoutExecutor executor, TaskPlan plan, Emitter emitter, TaskCounters counters)
    : SpoutTask(executor, plan, emitter, counters)
{
    private Spout _spout = null!;
    private Output _output = null!;

    public override SpoutBase Spout => _spout;

    public override int Pending => 0;

    public override bool HasRoom => true;

    public override void Use(SpoutBase spout)
    {
        _spout = (Spout)spout;
        HasEnded = false;
        _output = new Output(this);
    }

    public override void Acked(ulong firstSequence, int count) => throw new NotSupportedException("An untracked spout has no trees.");

    public override void Failed(ulong sequence, ulong code) => throw new NotSupportedException("An untracked spout has no trees.");

    protected override void NextTuple() => _spout.NextTuple(_output);

    private sealed class Output(PlainSpoutTask task) : SpoutOutput
    {
        private readonly Emitter _emitter = task.Emitter;
        private readonly Outputs _outputs = task.Executor.Outputs;
        private readonly Worker _worker = task.Executor.Worker;

        public override int Remaining => _outputs.IsFull ? 0 : _worker.EmitsPerTurn;

        internal override void EmitTo(int stream, int task, ReadOnlySpan<Value> values) => _emitter.Emit(stream, task, values, 0);
    }
}
