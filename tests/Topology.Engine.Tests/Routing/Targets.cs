namespace Topology.Engine.Tests;

/// <summary>The way from a spout to the tasks of a bolt, for routers to choose from.</summary>
internal static class Targets
{
    /// <summary>The targets of as many tasks, each in an executor of its own with a channel of its own. Task ids start at 10.</summary>
    /// <param name="count">How many.</param>
    /// <param name="window">How many rows each channel takes.</param>
    /// <param name="isLocal">Which of them, by place, are in the emitter's worker; null for all.</param>
    public static OutTarget[] Of(int count, int window = int.MaxValue, Func<int, bool>? isLocal = null) => Of(count, out _, window, isLocal);

    /// <summary>As well, with the outputs of the emitter.</summary>
    public static OutTarget[] Of(int count, out Outputs outputs, int window = int.MaxValue, Func<int, bool>? isLocal = null)
    {
        var simulation = new Simulation(topology =>
        {
            topology.Options = topology.Options with { EventLoops = 2 };
            topology.SetSpout("spout", () => new InlineSpout(_ => { }));
            topology.SetBolt("bolt", () => new InlineBolt((_, _) => { }), count).ShuffleGrouping("spout");
        });
        var spout = simulation.Worker.Spouts[0];
        outputs = spout.Outputs;
        return [.. simulation.Worker.Bolts.Select((bolt, place) =>
        {
            var gate = spout.Outputs.GateTo(bolt, window, false);
            gate.Available = window;
            return new OutTarget(10 + place, 0, spout.Outputs.OutboxTo(bolt.Home), gate, isLocal?.Invoke(place) ?? true);
        })];
    }
}
