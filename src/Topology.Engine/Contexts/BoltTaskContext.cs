using System.Collections.Immutable;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;

namespace Topology.Engine;

/// <summary>The context of a bolt's task.</summary>
internal sealed class BoltTaskContext(TaskServices services, TaskState state) : BoltContext
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

    public override ImmutableArray<int> TasksOf(string component) => services.TasksOf(component);

    public override StreamId Stream(string name) => services.Stream(name);

    public override void Post(Action action) => services.Post(action);

    internal override void PostCompletion(Action action) => services.PostCompletion(action);

    public override void AddHook(ITaskHook hook) => services.AddHook(hook);

    public override KeyedState<TKey, TValue> KeyedState<TKey, TValue>(string name) => state.Get<TKey, TValue>(name);
}
