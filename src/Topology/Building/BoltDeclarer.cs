namespace Topology;

/// <summary>Says more about a bolt, and what it subscribes to; from <see cref="TopologyBuilder.SetBolt"/>.</summary>
public sealed class BoltDeclarer : ComponentDeclarer<BoltDeclarer>
{
    internal BoltDeclarer(ComponentDraft draft) : base(draft)
    {
    }

    /// <summary>Sends each task a tick tuple at this interval. Range 1 ms to 24 days; zero for never.</summary>
    public BoltDeclarer TickEvery(TimeSpan interval)
    {
        Draft.Options = Draft.Options with { TickInterval = interval };
        return this;
    }

    /// <summary>Tuples go to the tasks in turns, past those that have no room.</summary>
    /// <param name="component">The component that emits them.</param>
    /// <param name="stream">Its stream.</param>
    public BoltDeclarer ShuffleGrouping(string component, string stream = StreamId.Default) =>
        Subscribe(component, stream, new Grouping.Shuffle());

    /// <summary>Tuples of the default stream with equal values in these fields go to the same task.</summary>
    /// <param name="component">The component that emits them.</param>
    /// <param name="fields">The names of one or more of the stream's fields.</param>
    public BoltDeclarer FieldsGrouping(string component, params ReadOnlySpan<string> fields) =>
        FieldsGroupingOn(component, StreamId.Default, fields);

    /// <summary>As <see cref="FieldsGrouping"/>, on a stream that is named.</summary>
    /// <param name="component">The component that emits the tuples.</param>
    /// <param name="stream">Its stream.</param>
    /// <param name="fields">The names of one or more of the stream's fields.</param>
    public BoltDeclarer FieldsGroupingOn(string component, string stream, params ReadOnlySpan<string> fields) =>
        Subscribe(component, stream, new Grouping.ByFields([.. fields]));

    /// <summary>
    /// Tuples of the default stream with equal values in these fields go to one of the same two tasks, the one that this emitter has sent less to: less skew, at
    /// the price of a merge downstream.
    /// </summary>
    /// <inheritdoc cref="FieldsGrouping"/>
    public BoltDeclarer PartialKeyGrouping(string component, params ReadOnlySpan<string> fields) =>
        PartialKeyGroupingOn(component, StreamId.Default, fields);

    /// <summary>As <see cref="PartialKeyGrouping"/>, on a stream that is named.</summary>
    /// <inheritdoc cref="FieldsGroupingOn"/>
    public BoltDeclarer PartialKeyGroupingOn(string component, string stream, params ReadOnlySpan<string> fields) =>
        Subscribe(component, stream, new Grouping.PartialKey([.. fields]));

    /// <summary>Each tuple goes to every task.</summary>
    /// <inheritdoc cref="ShuffleGrouping"/>
    public BoltDeclarer AllGrouping(string component, string stream = StreamId.Default) =>
        Subscribe(component, stream, new Grouping.All());

    /// <summary>Every tuple goes to the task of the lowest id.</summary>
    /// <inheritdoc cref="ShuffleGrouping"/>
    public BoltDeclarer GlobalGrouping(string component, string stream = StreamId.Default) =>
        Subscribe(component, stream, new Grouping.Global());

    /// <summary>It does not matter where a tuple goes.</summary>
    /// <inheritdoc cref="ShuffleGrouping"/>
    public BoltDeclarer NoneGrouping(string component, string stream = StreamId.Default) =>
        Subscribe(component, stream, new Grouping.None());

    /// <summary>The emitter chooses the task of each tuple, with <c>EmitDirect</c>.</summary>
    /// <param name="component">The component that emits them.</param>
    /// <param name="stream">Its stream, declared by <see cref="StreamDeclarer.AddDirect"/>.</param>
    public BoltDeclarer DirectGrouping(string component, string stream) =>
        Subscribe(component, stream, new Grouping.Direct());

    /// <summary>As <see cref="ShuffleGrouping"/>, among the tasks in the emitter's own worker where there are any.</summary>
    /// <inheritdoc cref="ShuffleGrouping"/>
    public BoltDeclarer LocalOrShuffleGrouping(string component, string stream = StreamId.Default) =>
        Subscribe(component, stream, new Grouping.LocalOrShuffle());

    /// <summary>The user's own code chooses the tasks.</summary>
    /// <param name="component">The component that emits the tuples.</param>
    /// <param name="grouping">Makes a new instance for each emitting task.</param>
    /// <param name="stream">Its stream.</param>
    public BoltDeclarer CustomGrouping(string component, Func<ICustomGrouping> grouping, string stream = StreamId.Default)
    {
        ArgumentNullException.ThrowIfNull(grouping);
        return Subscribe(component, stream, new Grouping.Custom(grouping));
    }

    private BoltDeclarer Subscribe(string component, string stream, Grouping grouping)
    {
        ArgumentNullException.ThrowIfNull(component);
        ArgumentNullException.ThrowIfNull(stream);
        Draft.Inputs.Add(new Subscription(component, stream, grouping));
        return this;
    }
}
