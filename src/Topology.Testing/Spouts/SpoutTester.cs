using System.Collections.Immutable;
using Topology.Engine;
using Topology.Messaging;

namespace Topology.Testing;

/// <summary>
/// Runs one spout alone, on the calling thread: asks it for tuples, shows what it emitted, and answers for that as the test says. It is the engine that runs
/// it, in a <see cref="SimulatedCluster"/>, so that limits, timeouts and delays are what they are in a topology. For one thread at a time.
/// </summary>
/// <remarks>
/// <see cref="For{TMessageId}(ReliableSpout{TMessageId}, SpoutTesterOptions?)"/> gives one that knows message ids. An exception of the spout is in
/// <see cref="Errors"/>, as in a topology; one in <c>Open</c>, or after which its error policy ended the run, is a <see cref="TestFailureException"/>.
/// </remarks>
/// <example>
/// <code>
/// using var spout = SpoutTester.For(new OrderSpout(queue));
/// spout.NextTuple();
/// Assert.That(spout.Emitted is [{ MessageId: 7 }]);
/// spout.Fail(7, detail: "out of stock");
/// Assert.That(queue.Requeued, Has.Count.EqualTo(1));
/// </code>
/// </example>
public class SpoutTester : IDisposable
{
    private readonly SpoutRig _rig;

    /// <param name="spout">The spout, fresh.</param>
    /// <param name="options">What it is surrounded with; null for the defaults.</param>
    /// <exception cref="TestFailureException">Its <c>Open</c> threw.</exception>
    public SpoutTester(SpoutBase spout, SpoutTesterOptions? options = null) : this(spout, options, MakeTuple)
    {
    }

    private protected SpoutTester(SpoutBase spout, SpoutTesterOptions? options, Func<SpoutTask, StreamId, Value[], TupleIds, EmittedTuple> make)
    {
        ArgumentNullException.ThrowIfNull(spout);
        _rig = new SpoutRig(spout, () => spout, options ?? new SpoutTesterOptions(), make);
    }

    /// <summary>The spout's clock.</summary>
    public ManualTime Time => _rig.Time;

    /// <summary>What it emitted so far, on all streams.</summary>
    public EmittedTuples<EmittedTuple> Emitted => new([.. _rig.Emitted]);

    /// <summary>What it threw, oldest first; the newest thousand.</summary>
    public ImmutableArray<ErrorReport> Errors => _rig.Errors;

    /// <summary>How many trees are pending, those included that wait for a retry.</summary>
    public int PendingCount => _rig.Task.Pending;

    /// <summary>Whether it says that it is exhausted.</summary>
    public bool IsExhausted => _rig.Task.Spout.IsExhausted;

    private protected IEnumerable<EmittedTuple> AllEmitted => _rig.Emitted;

    private protected IEnumerable<EmittedTuple> PendingTuples => _rig.Pending;

    /// <summary>A tester that knows the message ids of the spout's tuples.</summary>
    /// <param name="spout">The spout, fresh.</param>
    /// <param name="options">What it is surrounded with; null for the defaults.</param>
    /// <exception cref="TestFailureException">Its <c>Open</c> threw.</exception>
    public static SpoutTester<TMessageId> For<TMessageId>(ReliableSpout<TMessageId> spout, SpoutTesterOptions? options = null) => new(spout, options);

    /// <summary>
    /// Calls <c>NextTuple</c> once, as the engine would: not while the spout says that it is exhausted, nor while there is no room for another tree.
    /// </summary>
    /// <returns>How many tuples it emitted.</returns>
    public int NextTuple() => _rig.NextTuple();

    /// <summary>Completes the tree of a tuple, so that the spout's <c>Ack</c> is called.</summary>
    /// <exception cref="TestFailureException">It was answered for before, it timed out, or it was emitted untracked.</exception>
    public void Ack(EmittedTuple tuple)
    {
        ArgumentNullException.ThrowIfNull(tuple);
        _rig.Ack(tuple);
    }

    /// <summary>Fails the tree of a tuple, so that the spout's <c>Fail</c> is called.</summary>
    /// <param name="tuple">The tuple.</param>
    /// <param name="kind">What kind of failure the spout is told.</param>
    /// <param name="detail">What else it is told; null for nothing.</param>
    /// <exception cref="TestFailureException">It was answered for before, it timed out, or it was emitted untracked.</exception>
    public void Fail(EmittedTuple tuple, FailKind kind = FailKind.Explicit, string? detail = null)
    {
        ArgumentNullException.ThrowIfNull(tuple);
        _rig.Fail(tuple, kind, detail);
    }

    /// <summary>Lets time go on, with all that falls due: trees that nobody answered for time out. The spout is not asked for tuples meanwhile.</summary>
    /// <param name="by">How long.</param>
    public void Advance(TimeSpan by) => _rig.Advance(by);

    /// <summary>Calls <c>Activate</c>.</summary>
    public void Activate() => _rig.SetActive(true);

    /// <summary>Calls <c>Deactivate</c>.</summary>
    public void Deactivate() => _rig.SetActive(false);

    /// <summary>Closes the spout.</summary>
    public void Dispose()
    {
        _rig.Dispose();
        GC.SuppressFinalize(this);
    }

    private static EmittedTuple MakeTuple(SpoutTask task, StreamId stream, Value[] values, TupleIds ids) =>
        new(stream, task.Plan.Task, values, ids.Root != 0) { Ids = ids };
}
