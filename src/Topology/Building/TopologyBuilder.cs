namespace Topology;

/// <summary>
/// Takes the components of a topology, in <see cref="ITopology.Build"/>. Nothing is checked until that has returned; then every error is reported at once. For one
/// thread.
/// </summary>
public sealed class TopologyBuilder
{
    private readonly SettingUse _use = new();
    private readonly List<ComponentDraft> _components = [];
    private readonly List<DeclaredSetting> _declared = [];
    private bool _isClosed;

    internal TopologyBuilder(Settings given)
    {
        Settings = given.Watched(_use);
        Options = EngineSettings.Apply(new TopologyOptions(), given, []);
    }

    /// <summary>
    /// The topology's settings: what was given, over the defaults of what was declared so far. Factories may read it too. A setting that was given and that
    /// nobody asks for or declares is an error, since it is misspelt.
    /// </summary>
    public Settings Settings { get; private set; }

    /// <summary>
    /// The engine's options. A setting of an option's name goes before what the code says; those given can be seen here already.
    /// </summary>
    public TopologyOptions Options
    {
        get;
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            field = value;
        }
    }

    /// <summary>The topology's name where none is given from outside; null for the class's name in kebab case, without <c>Topology</c>.</summary>
    public string? Name { get; set; }

    internal IReadOnlyList<ComponentDraft> Components => _components;

    internal IReadOnlyList<DeclaredSetting> Declared => _declared;

    /// <summary>The names of the settings that the code asked for or declared so far.</summary>
    internal IEnumerable<string> KnownSettings => _use.Names;

    /// <summary>
    /// Makes a setting known and described. Needed for what is read only when the topology runs, from a component's context; useful for all, since
    /// <c>topology validate</c> shows them.
    /// </summary>
    /// <param name="setting">Its name; those that begin with <c>topology.</c> are the engine's.</param>
    /// <param name="defaultValue">Its text where none is given; null for none, so that asking for it then throws.</param>
    /// <param name="description">What it is for, in a line.</param>
    public void Declare(string setting, string? defaultValue, string description)
    {
        ArgumentNullException.ThrowIfNull(setting);
        ArgumentNullException.ThrowIfNull(description);
        ThrowIfClosed();
        _declared.Add(new DeclaredSetting(setting, defaultValue, description));
        _use.Declare(setting, description);
        if (defaultValue is not null && Settings.Peek(setting) is null)
            Settings = Settings.With(new Dictionary<string, string> { [setting] = defaultValue });
    }

    /// <summary>Adds a spout.</summary>
    /// <param name="id">
    /// Unique in the topology: letters, digits, <c>-</c>, <c>_</c> and <c>.</c>, at most 100 characters, beginning with a letter, a digit or one <c>_</c>.
    /// </param>
    /// <param name="factory">Makes a new instance on each call; called twice for the checks, then once per task.</param>
    /// <param name="parallelism">How many executors run it, at least 1; as many tasks unless <see cref="ComponentDeclarer{TSelf}.SetTasks"/> says otherwise.</param>
    public SpoutDeclarer SetSpout(string id, Func<SpoutBase> factory, int parallelism = 1) =>
        new(Add(id, ComponentKind.Spout, factory, parallelism));

    /// <summary>Adds a bolt, which must be subscribed to one stream or more.</summary>
    /// <inheritdoc cref="SetSpout"/>
    public BoltDeclarer SetBolt(string id, Func<IBolt> factory, int parallelism = 1) =>
        new(Add(id, ComponentKind.Bolt, factory, parallelism));

    /// <summary>Takes no more components: factories, which may hold on to the builder, cannot change a topology that is being checked.</summary>
    internal void Close() => _isClosed = true;

    private ComponentDraft Add(string id, ComponentKind kind, Func<object?> factory, int parallelism)
    {
        ArgumentNullException.ThrowIfNull(id);
        ArgumentNullException.ThrowIfNull(factory);
        ThrowIfClosed();
        var draft = new ComponentDraft(id, kind, factory, parallelism);
        _components.Add(draft);
        return draft;
    }

    private void ThrowIfClosed()
    {
        if (_isClosed) throw new InvalidOperationException("The topology is built: add components and declare settings in Build, not in a factory or later.");
    }
}
