namespace Topology.Cluster.Tests.Conformance;

/// <summary>Keeps what it receives, and acks it.</summary>
internal sealed class RecordingBolt(Recorder recorder) : BasicBolt
{
    private int _task;

    public override Fields Output => [];

    public override void Prepare(BoltContext context) => _task = context.Task;

    protected override void Execute(TupleView tuple, AnchoredOutput output) =>
        recorder.Add(new Record(_task, tuple.Source, tuple.ToArray()));
}
