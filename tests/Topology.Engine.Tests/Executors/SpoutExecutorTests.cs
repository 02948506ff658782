namespace Topology.Engine.Tests;

public sealed class SpoutExecutorTests
{
    [Test]
    public void Tasks_of_one_executor_share_what_room_there_is([Values(2, 3)] int tasks, [Values(1, 5)] int capacity)
    {
        var emitted = new Dictionary<int, int>();
        var simulation = new Simulation(topology =>
        {
            topology.Options = topology.Options with { EventLoops = 2, ChannelCapacity = capacity };
            topology.SetSpout("spout", () =>
            {
                var task = 0;
                return new InlineSpout(output =>
                {
                    if (output.Remaining == 0) return;
                    emitted[task] = emitted.GetValueOrDefault(task) + 1;
                    output.Emit(0, 0);
                })
                { Opened = context => task = context.Task };
            }).SetTasks(tasks);
            topology.SetBolt("bolt", () => new InlineBolt((tuple, output) => output.Ack(tuple))).ShuffleGrouping("spout");
        }).Start();
        for (var i = 0; i < 1_000; i++) simulation.Round();
        Assert.That(emitted, Has.Count.EqualTo(tasks));
        Assert.That(emitted.Values.Min(), Is.GreaterThan(emitted.Values.Max() / 2), () => string.Join(", ", emitted));
    }
}
