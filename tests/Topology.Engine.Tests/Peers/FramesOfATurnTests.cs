namespace Topology.Engine.Tests;

/// <summary>What goes to another worker within a turn leaves in few frames: each one wakes four threads.</summary>
public sealed class FramesOfATurnTests
{
    // Four batches, and far from the size at which a frame leaves by itself.
    private const int Rows = 1_000;

    [Test]
    public void Rows_of_one_call_leave_in_one_frame()
    {
        var received = 0;
        using var group = Group(Rows, () => Interlocked.Increment(ref received)).Start();
        group.Until(() => Volatile.Read(ref received) == Rows, "the rows");

        Assert.That(group.Links[0, 1]!.RowFrames, Is.EqualTo(1));
    }

    [Test]
    public void Acks_of_one_turn_leave_in_one_frame()
    {
        using var group = Group(rows: 0, () => { }).Start();
        var before = group.Links[1, 0]!.ControlFrames;
        var acks = new AckOutbox(group.Workers[1].AllAckers[0], sender: 1);
        for (var root = 1UL; root <= Rows; root++) acks.AddAck(root, 7);
        Assert.That(group.Links[1, 0]!.ControlFrames, Is.EqualTo(before), "The turn goes on.");
        acks.TryFlush();

        Assert.That(group.Links[1, 0]!.ControlFrames, Is.EqualTo(before + 1));
    }

    private static WorkerGroup Group(int rows, Action received) => new(
        topology =>
        {
            var emitted = 0;
            topology.SetSpout("numbers", () => new InlineSpout(output =>
            {
                for (; emitted < rows; emitted++) output.Emit(emitted, emitted);
            }));
            topology.SetBolt("sink", () => new InlineBolt((tuple, output) =>
            {
                received();
                output.Ack(tuple);
            })).ShuffleGrouping("numbers");
        },
        workers: 2,
        workerOf: executor => executor == 1 ? 1 : 0);
}
