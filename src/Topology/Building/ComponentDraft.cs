using System.Collections.Immutable;

namespace Topology;

/// <summary>What the user said about one component, and what one instance of it said about its streams.</summary>
internal sealed class ComponentDraft(string id, ComponentKind kind, Func<object?> factory, int executors)
{
    public string Id { get; } = id;

    public ComponentKind Kind { get; } = kind;

    public Func<object?> Factory { get; } = factory;

    public int Executors { get; } = executors;

    /// <summary>Null for as many as there are executors.</summary>
    public int? ChosenTasks { get; set; }

    public int Tasks => ChosenTasks ?? Executors;

    public ComponentOptions Options { get; set; } = new();

    public SortedDictionary<string, string> Settings { get; } = new(StringComparer.Ordinal);

    public List<Subscription> Inputs { get; } = [];

    /// <summary>The streams by index; <c>default</c> where no instance could be asked, so that checks of subscriptions pass over it.</summary>
    public ImmutableArray<StreamId> Streams { get; set; }

    /// <summary>The instance that was asked, where it is a spout whose tuples are tracked.</summary>
    public ReliableSpout? Example { get; set; }

    public bool IsReliable => Example is not null;

    public string Label => $"{(Kind == ComponentKind.Spout ? "Spout" : "Bolt")} '{Id}'";

    public StreamId? FindStream(string name) => Streams.FirstOrDefault(s => s.Name == name);
}
