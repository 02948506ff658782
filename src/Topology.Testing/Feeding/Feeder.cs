using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace Topology.Testing;

/// <summary>
/// Tuples for a topology under test, one by one, and what becomes of each. It feeds the tasks of one <see cref="FeederSpout"/>. Thread-safe.
/// </summary>
/// <example>
/// <code>
/// var words = new Feeder(["word"]);
/// var topology = new InlineTopology(topology =>
/// {
///     topology.SetSpout("words", () => new FeederSpout(words));
///     topology.SetBolt("count", () => new CountBolt()).FieldsGrouping("words", "word");
/// });
/// using var cluster = new SimulatedCluster();
/// cluster.Submit(topology);
/// var nathan = words.Feed("nathan");
/// cluster.RunUntil(() => words.Unanswered == 0);
/// Assert.That(nathan.State, Is.EqualTo(FedState.Acked));
/// </code>
/// </example>
public sealed class Feeder
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Fields> _streams = [];
    private readonly Queue<FedTuple> _waiting = new();
    private readonly List<SpoutContext> _spouts = [];
    private readonly List<FedTuple> _acked = [];
    private readonly List<FedTuple> _failed = [];
    private readonly List<(int Trees, TaskCompletionSource Reached)> _waiters = [];
    private int _fed;
    private bool _isEnded;

    /// <param name="fields">The fields of the default stream.</param>
    public Feeder(Fields fields)
    {
        ArgumentNullException.ThrowIfNull(fields);
        Fields = fields;
    }

    /// <summary>The fields of the default stream.</summary>
    public Fields Fields { get; }

    /// <summary>How many tuples were fed and have not been acked or failed.</summary>
    public int Unanswered
    {
        get
        {
            lock (_lock) return _fed - _acked.Count - _failed.Count;
        }
    }

    /// <summary>The tuples whose trees completed, in the order in which they did.</summary>
    public ImmutableArray<FedTuple> Acked
    {
        get
        {
            lock (_lock) return [.. _acked];
        }
    }

    /// <summary>The tuples whose trees failed or timed out, in the order in which they did.</summary>
    public ImmutableArray<FedTuple> Failed
    {
        get
        {
            lock (_lock) return [.. _failed];
        }
    }

    /// <summary>The streams beside the default one.</summary>
    internal IReadOnlyDictionary<string, Fields> Streams => _streams;

    /// <summary>Whether all tuples leave at once, whether downstream has room or not; what may be pending is limited all the same.</summary>
    internal bool IsBurst { get; set; }

    internal bool IsExhausted
    {
        get
        {
            lock (_lock) return _isEnded && _waiting.Count == 0;
        }
    }

    /// <summary>Adds a stream beside the default one. Before the topology is built.</summary>
    /// <returns>This feeder.</returns>
    public Feeder AddStream(string name, Fields fields)
    {
        ArgumentNullException.ThrowIfNull(fields);
        _streams.Add(name, fields);
        return this;
    }

    /// <summary>Has a tuple emitted on the default stream.</summary>
    /// <returns>The tuple, which shows what becomes of it.</returns>
    /// <exception cref="ArgumentException">There are more values than fields, or fewer.</exception>
    /// <exception cref="InvalidOperationException"><see cref="End"/> was called.</exception>
    public FedTuple Feed(params ReadOnlySpan<Value> values) => Feed(StreamId.Default, Fields, values);

    /// <summary>Has a tuple emitted on a stream that <see cref="AddStream"/> added.</summary>
    /// <inheritdoc cref="Feed(ReadOnlySpan{Value})"/>
    public FedTuple FeedOn(string stream, params ReadOnlySpan<Value> values)
    {
        if (stream == StreamId.Default) return Feed(values);
        return _streams.TryGetValue(stream, out var fields)
            ? Feed(stream, fields, values)
            : throw new ArgumentException($"The feeder has no stream '{stream}': add it with AddStream before the topology is built.", nameof(stream));
    }

    /// <summary>Says that nothing more will come: when all is emitted, the spout is exhausted.</summary>
    public void End()
    {
        lock (_lock) _isEnded = true;
        WakeSpouts();
    }

    /// <summary>Waits until every tuple fed so far was acked or failed.</summary>
    /// <exception cref="OperationCanceledException">It was cancelled before that.</exception>
    public Task WaitForTreesAsync(CancellationToken cancellation = default)
    {
        int fed;
        lock (_lock) fed = _fed;
        return WaitForTreesAsync(fed, cancellation);
    }

    /// <summary>Waits until so many tuples, counted from the first, were acked or failed.</summary>
    /// <inheritdoc cref="WaitForTreesAsync(CancellationToken)"/>
    public Task WaitForTreesAsync(int trees, CancellationToken cancellation = default)
    {
        lock (_lock)
        {
            if (_acked.Count + _failed.Count >= trees) return Task.CompletedTask;
            var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiters.Add((trees, reached));
            return reached.Task.WaitAsync(cancellation);
        }
    }

    internal void Attach(SpoutContext spout)
    {
        lock (_lock) _spouts.Add(spout);
    }

    internal void Detach(SpoutContext spout)
    {
        lock (_lock) _spouts.Remove(spout);
    }

    internal bool TryTake([NotNullWhen(true)] out FedTuple? tuple)
    {
        lock (_lock) return _waiting.TryDequeue(out tuple);
    }

    internal void TreeAcked(FedTuple tuple) => Answer(_acked, tuple, FedState.Acked, null);

    internal void TreeFailed(FedTuple tuple, FailReason reason) => Answer(_failed, tuple, FedState.Failed, reason);

    /// <summary>Has a tuple emitted whose fields the topology knows better.</summary>
    internal FedTuple FeedUnchecked(string stream, ReadOnlySpan<Value> values)
    {
        var tuple = new FedTuple(stream, values.ToArray());
        lock (_lock)
        {
            if (_isEnded) throw new InvalidOperationException("The feeder has ended: feed before calling End.");
            _fed++;
            _waiting.Enqueue(tuple);
        }

        WakeSpouts();
        return tuple;
    }

    private FedTuple Feed(string stream, Fields fields, ReadOnlySpan<Value> values)
    {
        if (values.Length != fields.Count)
            throw new ArgumentException($"{values.Length} values were fed on stream '{stream}', which has {fields.Count} fields {fields}.", nameof(values));
        return FeedUnchecked(stream, values);
    }

    private void Answer(List<FedTuple> answers, FedTuple tuple, FedState state, FailReason? reason)
    {
        List<TaskCompletionSource> reached;
        lock (_lock)
        {
            tuple.End(state, reason);
            answers.Add(tuple);
            var answered = _acked.Count + _failed.Count;
            reached = [.. _waiters.Where(w => w.Trees <= answered).Select(w => w.Reached)];
            _waiters.RemoveAll(w => w.Trees <= answered);
        }

        tuple.Complete();
        foreach (var waiter in reached) waiter.SetResult();
    }

    private void WakeSpouts()
    {
        SpoutContext[] spouts;
        lock (_lock) spouts = [.. _spouts];
        foreach (var spout in spouts) spout.Wake();
    }
}
