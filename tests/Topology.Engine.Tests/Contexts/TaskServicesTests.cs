using System.Diagnostics.Metrics;

namespace Topology.Engine.Tests;

public sealed class TaskServicesTests
{
    [Test]
    public void The_instruments_of_a_component_end_with_the_run()
    {
        var live = new HashSet<Instrument>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listening) =>
            {
                if (!instrument.Name.StartsWith("services-", StringComparison.Ordinal)) return;
                live.Add(instrument);
                listening.EnableMeasurementEvents(instrument);
            },
            MeasurementsCompleted = (instrument, _) => live.Remove(instrument),
        };
        listener.Start();
        var simulation = new Simulation(topology =>
        {
            topology.SetSpout("spout", () => new InlineSpout(static _ => { })
            {
                Opened = static context => context.Meter.CreateCounter<int>("services-spout"),
                Exhausted = static () => true,
            });
            topology.SetBolt("bolt", () => new InlineBolt(static (_, _) => { })
            {
                Prepared = static context => context.Meter.CreateCounter<int>("services-bolt"),
            }).ShuffleGrouping("spout");
        }).Start();
        Assert.That(live.Select(i => i.Name), Is.EquivalentTo(new[] { "services-spout", "services-bolt" }));

        simulation.RunToEnd();

        Assert.That(live, Is.Empty);
    }

    [Test]
    public void What_posted_actions_emit_while_downstream_is_full_is_counted_for_each_by_itself()
    {
        BoltContext context = null!;
        var hasEmitted = false;
        var seen = 0;
        var errors = new List<Exception>();
        var simulation = new Simulation(topology =>
        {
            topology.Options = topology.Options with { OutboxLimit = 10, ChannelCapacity = 1 };
            topology.SetSpout("spout", () => new InlineSpout(output =>
            {
                if (!hasEmitted) output.Emit(1, 1);
                hasEmitted = true;
            }));
            topology.SetBolt("bolt", () => new InlineBolt(
                (tuple, output) =>
                {
                    for (var i = 0; i < 5; i++)
                    {
                        context.Post(() =>
                        {
                            try
                            {
                                for (var n = 0; n < 8; n++) output.Emit(Anchor.None, n);
                            }
                            catch (EmitException error)
                            {
                                errors.Add(error);
                            }
                        });
                    }

                    output.Ack(tuple);
                },
                "number")
            {
                Prepared = c => context = c,
            }).ShuffleGrouping("spout");
            topology.SetBolt("sink", () => new InlineBolt((tuple, output) =>
            {
                seen++;
                output.Ack(tuple);
            })).ShuffleGrouping("bolt");
        }).Start();

        simulation.Settle();

        Assert.That(errors, Is.Empty);
        Assert.That(seen, Is.EqualTo(40));
    }
}
