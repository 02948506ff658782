using System.Collections.Immutable;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;

namespace Topology.Engine;

/// <summary>The context of a spout's task.</summary>
internal sealed class SpoutTaskContext(TaskServices services, SpoutTask task) : SpoutContext
{
    public override string Topology => services.Worker.Plan.Name;

    public override string Component => services.Component.Id;

    public override int Task => services.Plan.Task;

    public override int TaskIndex => services.Plan.Index;

    public override int TaskCount => services.Component.Tasks;

    public override Settings Settings => services.Component.Settings;

    public override ILogger Logger => services.Logger;

    public override TimeProvider Time => services.Worker.Clock.Time;

    public override Meter Meter => services.Meter;

    public override int MaxSpoutPending => services.Component.Options.MaxSpoutPending ?? services.Worker.Plan.Options.MaxSpoutPending;

    public override DurablePosition Position => task.Position;

    internal override long NowNanoseconds => services.Executor.Now;

    public override ImmutableArray<int> TasksOf(string component) => services.TasksOf(component);

    public override StreamId Stream(string name) => services.Stream(name);

    public override void Post(Action action) => services.Post(action);

    public override void AddHook(ITaskHook hook) => services.AddHook(hook);

    public override void Wake() => task.Wake();

    public override bool HasConsumer(string stream) => services.Worker.HasSubscriber(services.Component.Id, stream);

    internal override double NextChance() => services.Worker.NextChance();
}
