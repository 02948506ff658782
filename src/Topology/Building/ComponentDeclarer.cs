namespace Topology;

/// <summary>Says more about a component after it was added. What is wrong is reported when <see cref="ITopology.Build"/> has returned, all at once.</summary>
/// <typeparam name="TSelf">The declarer itself, so that calls can be chained.</typeparam>
public abstract class ComponentDeclarer<TSelf>
    where TSelf : ComponentDeclarer<TSelf>
{
    private protected ComponentDeclarer(ComponentDraft draft) => Draft = draft;

    /// <summary>The component's id.</summary>
    public string Id => Draft.Id;

    private protected ComponentDraft Draft { get; }

    /// <summary>
    /// How many tasks the component has: fixed for the life of the topology, so that it can be given more executors later. At least its parallelism, which is
    /// the default.
    /// </summary>
    public TSelf SetTasks(int tasks)
    {
        Draft.ChosenTasks = tasks;
        return (TSelf)this;
    }

    /// <summary>
    /// A setting of this component alone, which goes before a topology's setting of the same name; read it from <see cref="ComponentContext.Settings"/>. The last
    /// text for a name counts.
    /// </summary>
    public TSelf Set(string name, string value)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(value);
        Draft.Settings[name] = value;
        return (TSelf)this;
    }

    /// <summary>What follows when the component's code throws; <see cref="ErrorPolicy.FailTuple"/> by default.</summary>
    public TSelf OnError(ErrorPolicy policy)
    {
        Draft.Options = Draft.Options with { OnError = policy };
        return (TSelf)this;
    }
}
