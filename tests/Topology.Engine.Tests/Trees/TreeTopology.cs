using System.Collections.Immutable;
using Topology.Testing;

namespace Topology.Engine.Tests;

/// <summary>A random topology of model spouts and bolts, and how many tasks of it get a tuple.</summary>
internal sealed class TreeTopology(TreeModel model, Random random, int trees) : ITopology
{
    public const string Side = "side";
    public const string To = "to";

    private static readonly Fields Fields = ["id", "key", "depth"];

    private readonly Dictionary<int, int> _restarts = [];
    private TopologyPlan? _plan;

    public required ManualTime Time { get; init; }

    public TreeModel Model { get; } = model;

    public Random Random { get; } = random;

    /// <summary>How many trees the spouts are to emit in all.</summary>
    public int MostTrees { get; } = trees;

    /// <summary>The largest number of pending trees of each spout task.</summary>
    public int MaxSpoutPending { get; private set; }

    public TopologyPlan Plan => _plan ??= TopologyPlanner.Plan(this, "trees");

    public static Fields Output => Fields;

    public static void Declare(StreamDeclarer streams) => streams.Add(Side, Fields).AddDirect(To, Fields);

    public void Build(TopologyBuilder topology)
    {
        MaxSpoutPending = 1 << Random.Next(6);
        topology.Options = topology.Options with
        {
            MessageTimeout = TimeSpan.FromTicks(Model.Timeout / 100),
            Ackers = Random.Next(1, 4),
            EventLoops = Random.Next(1, 6),
            Workers = Random.Next(1, 3),
            MaxSpoutPending = MaxSpoutPending,
            ChannelCapacity = Pick(0, 1, 2, 7),
        };
        var sources = new List<string>();
        for (var i = Random.Next(1, 3); i > 0; i--) sources.Add(AddSpout(topology, $"spout{i}"));
        var bolts = Random.Next(1, 5);
        for (var i = 0; i < bolts; i++) sources.Add(AddBolt(topology, $"bolt{i}", sources, i == 0 && Random.Next(4) == 0 ? $"bolt{Random.Next(bolts)}" : null));
    }

    /// <summary>The streams of a component that somebody subscribes to, by name.</summary>
    public string[] StreamsOf(string component) =>
        [.. Plan.Components.SelectMany(c => c.Inputs).Where(i => i.Component == component).Select(i => i.Stream).Distinct()];

    /// <summary>The tasks that a direct tuple of a component may go to.</summary>
    public int[] DirectTasksOf(string component) =>
        [.. Plan.Components.Where(c => c.Inputs.Any(i => i.Component == component && i.Stream == To)).SelectMany(c => Enumerable.Range(c.FirstTask, c.Tasks))];

    /// <summary>How many tasks get a tuple that a component emits.</summary>
    public int CopiesOf(string component, string stream, long key, int directTask) =>
        Plan.Components.Sum(subscriber => subscriber.Inputs.Where(i => i.Component == component && i.Stream == stream).Sum(i => i.Grouping switch
        {
            Grouping.All => subscriber.Tasks,
            Grouping.Custom => (int)Math.Min(key % 3, subscriber.Tasks),
            Grouping.Direct => directTask >= subscriber.FirstTask && directTask < subscriber.FirstTask + subscriber.Tasks ? 1 : 0,
            _ => 1,
        }));

    public int RestartsOf(int task) => _restarts.GetValueOrDefault(task);

    /// <summary>A task throws, which restarts it.</summary>
    public void Restarted(int task)
    {
        _restarts[task] = RestartsOf(task) + 1;
        Model.Totals.Restarts++;
    }

    /// <summary>User code takes its time: past a millisecond its turn ends with the row.</summary>
    public void SlowDown() => Time.Advance(TimeSpan.FromMicroseconds(Random.Next(100, 2_000)));

    private string AddSpout(TopologyBuilder topology, string id)
    {
        var executors = Random.Next(1, 3);
        topology.SetSpout(id, () => new ModelSpout(this), executors).SetTasks(executors + Random.Next(2)).OnError(AnyPolicy());
        return id;
    }

    private string AddBolt(TopologyBuilder topology, string id, List<string> sources, string? feedback)
    {
        var executors = Random.Next(1, 4);
        var bolt = topology.SetBolt(id, () => new ModelBolt(this), executors).SetTasks(executors + Random.Next(2)).OnError(AnyPolicy());
        // Ticks are what answers for held tuples when no other tuple comes.
        bolt.TickEvery(TimeSpan.FromTicks(Model.Timeout / 100 / Pick(10, 25, 60)));
        var inputs = new HashSet<(string, string)> { (sources[Random.Next(sources.Count)], Pick(StreamId.Default, StreamId.Default, Side, To)) };
        if (Random.Next(2) == 0) inputs.Add((sources[Random.Next(sources.Count)], Pick(StreamId.Default, Side, To)));
        if (feedback is not null) inputs.Add((feedback, Side));
        foreach (var (component, stream) in inputs) Subscribe(bolt, component, stream);
        return id;
    }

    private void Subscribe(BoltDeclarer bolt, string component, string stream)
    {
        if (stream == To)
        {
            bolt.DirectGrouping(component, To);
            return;
        }

        _ = Random.Next(9) switch
        {
            0 => bolt.AllGrouping(component, stream),
            1 => bolt.GlobalGrouping(component, stream),
            2 => bolt.NoneGrouping(component, stream),
            3 => bolt.LocalOrShuffleGrouping(component, stream),
            4 => bolt.FieldsGroupingOn(component, stream, "key"),
            5 => bolt.PartialKeyGroupingOn(component, stream, "key"),
            6 => bolt.CustomGrouping(component, () => new KeyGrouping(), stream),
            _ => bolt.ShuffleGrouping(component, stream),
        };
    }

    private ErrorPolicy AnyPolicy() => Random.Next(3) == 0 ? ErrorPolicy.RestartTask : ErrorPolicy.FailTuple;

    private T Pick<T>(params ReadOnlySpan<T> choices) => choices[Random.Next(choices.Length)];

    /// <summary>As many tasks as the key modulo 3, none included.</summary>
    private sealed class KeyGrouping : ICustomGrouping
    {
        private ImmutableArray<int> _targets;

        public void Prepare(ComponentContext source, StreamId stream, ImmutableArray<int> targets) => _targets = targets;

        public void Choose(ReadOnlySpan<Value> values, List<int> chosen)
        {
            var key = values[1].AsInt64();
            for (var i = 0; i < Math.Min(key % 3, _targets.Length); i++) chosen.Add(_targets[(int)((key + i) % _targets.Length)]);
        }
    }
}
