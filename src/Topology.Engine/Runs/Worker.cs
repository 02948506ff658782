using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Topology.Engine;

/// <summary>
/// Everything that runs a topology in this process: its executors on event loops, the watchdog, and the coordinator that starts and ends the run. Built from a plan by
/// <see cref="WorkerBuilder"/>.
/// </summary>
internal sealed class Worker
{
    /// <summary>What all spouts together emit in a round of turns: 16,384 rows take 1 MiB, so that they are worked off before they leave the caches. One emits 512 in a turn at most, or 2,048 where they may go to another worker, since they leave in a frame of 64 KiB then.</summary>
    private const int EmitsPerRound = 16_384;

    /// <summary>Threads made for loops whose own are blocked.</summary>
    private const int MostExtraThreads = 64;

    private readonly Lock _lock = new();
    private readonly List<LoopThread> _threads = [];
    private readonly EdgeIds _chance;
    private bool _isStopping;
    private bool _hasFailed;
    private bool _isRunning;

    public Worker(TopologyPlan plan, WorkerOptions options)
    {
        Plan = plan;
        Options = options;
        Clock = new EngineClock(options.Time);
        Loggers = options.Loggers ?? NullLoggerFactory.Instance;
        ExecutorCapacity = plan.Components.Sum(c => c.Executors) + plan.Options.Ackers;
        Errors = new ErrorLog(this);
        ErrorPolicies = new ErrorPolicies(this);
        Components = new ComponentLifecycle(this);
        _chance = new EdgeIds(options.Seed);
        new WorkerBuilder(this).Build();
        if (options.Share is not null) Ends = new StreamEnds(this);
        EmitsPerTurn = Math.Clamp(EmitsPerRound / Math.Max(1, Spouts.Length), 64, options.Share is { Workers: > 1 } ? 2_048 : 512);
        Coordinator = new RunCoordinator(this);
        Watchdog = new Watchdog(this);
    }

    public TopologyPlan Plan { get; }

    public WorkerOptions Options { get; }

    public EngineClock Clock { get; }

    public ILoggerFactory Loggers { get; }

    /// <summary>How many executors there are, ackers included: what bit sets and tables are sized by.</summary>
    public int ExecutorCapacity { get; }

    public ImmutableArray<Executor> Executors { get; set; } = [];

    public ImmutableArray<BoltExecutor> Bolts { get; set; } = [];

    public ImmutableArray<SpoutExecutor> Spouts { get; set; } = [];

    /// <summary>A spout's turn ends after about so many emits, so that batches leave and acks are looked at.</summary>
    public int EmitsPerTurn { get; }

    /// <summary>The ackers that run here.</summary>
    public ImmutableArray<AckerExecutor> Ackers { get; set; } = [];

    /// <summary>All ackers of the topology, by their number.</summary>
    public ImmutableArray<IAcker> AllAckers { get; set; } = [];

    /// <summary>The topology's other workers, by their number; null at this one's own. Empty where there are none.</summary>
    public ImmutableArray<Peer?> Peers { get; set; } = [];

    /// <summary>Rows that came from other workers. Legal from any thread.</summary>
    public long RowsReceived => Peers.Sum(peer => peer?.RowsReceived ?? 0);

    /// <summary>Which components have ended in which workers; null where there is one worker.</summary>
    public StreamEnds? Ends { get; }

    /// <summary>How many may send to an acker: executors by their number, then loops for the rows that they run as they come, then other workers.</summary>
    public int AckSenders => ExecutorCapacity + Loops.Length + (Options.Share?.Workers ?? 0);

    public ImmutableArray<EventLoop> Loops { get; set; } = [];

    /// <summary>Source tasks and streams, by the number that rows carry.</summary>
    public TupleSource[] Sources { get; set; } = [];

    /// <summary>The index of the acker that serves a spout task, by task id.</summary>
    public int[] AckerOfTask { get; set; } = [];

    public ErrorLog Errors { get; }

    public ErrorPolicies ErrorPolicies { get; }

    public ComponentLifecycle Components { get; }

    public FailDetails FailDetails { get; } = new();

    public RunCoordinator Coordinator { get; }

    public Watchdog Watchdog { get; }

    /// <summary>Has loops handed over at this interval whether they block or not: for a stress test.</summary>
    public TimeSpan? HandOffEvery => Options.HandOffEvery;

    public bool IsStopping => Volatile.Read(ref _isStopping);

    /// <summary>Whether the run ends because of an error: no row and no spout is run any more.</summary>
    public bool HasFailed => Volatile.Read(ref _hasFailed);

    /// <summary>Whether spinning would take a core from another loop, from the links or from another worker.</summary>
    public bool IsOversubscribed => Loops.Length > Environment.ProcessorCount || HasPeers;

    /// <summary>Whether other workers run parts of the topology: then links have threads of their own, and those workers have some too, on this host mostly.</summary>
    public bool HasPeers => Options.Share is { Workers: > 1 };

    public bool MayAddThread
    {
        get
        {
            lock (_lock) return _threads.Count < Loops.Length + MostExtraThreads;
        }
    }

    /// <summary>A loop's number among those that send to ackers; see <see cref="AckSenders"/>.</summary>
    public int AckSenderOf(EventLoop loop) => ExecutorCapacity + loop.Index;

    /// <summary>Another worker's number among those that send to ackers.</summary>
    public int AckSenderOf(Peer peer) => ExecutorCapacity + Loops.Length + peer.Number;

    /// <summary>The number of the acker that serves a tree's spout task.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int AckerOf(ulong root) => AllAckers.Length == 1 ? 0 : AckerOfTask[RootId.Task(root)];

    /// <summary>Starts the threads. In a simulation there are none: its driver calls <see cref="EventLoop.Collect(List{Executor})"/>, <see cref="EventLoop.Run"/> and <see cref="RunCoordinator.Step"/>.</summary>
    public void Start()
    {
        if (Options.IsSimulated) return;
        _isRunning = true;
        foreach (var loop in Loops) StartThread(loop);
        Watchdog.Start();
    }

    /// <summary>Gives every executor a turn soon. Legal from any thread.</summary>
    public void WakeAll()
    {
        foreach (var executor in Executors)
            if (executor is not RemoteExecutor) executor.Wake();
    }

    public void StartThread(EventLoop loop)
    {
        var thread = new LoopThread(this, loop, $"{Plan.Name} loop {loop.Index}");
        lock (_lock) _threads.Add(thread);
        loop.Thread = thread;
        thread.Start();
    }

    public void ThreadEnded(LoopThread thread)
    {
        lock (_lock) _threads.Remove(thread);
    }

    /// <summary>Ends every thread as soon as its turn ends. Does not wait: one may be blocked in user code for good.</summary>
    public void Stop()
    {
        Volatile.Write(ref _isStopping, true);
        Interlocked.MemoryBarrier();
        foreach (var executor in Executors.Where(e => e is not RemoteExecutor)) executor.Host.Parker.Unpark();
        foreach (var loop in Loops) loop.Parker.Unpark();
        if (_isRunning) Watchdog.Signal();
    }

    /// <summary>Ends the run because of an error. Legal from any thread; the first error counts.</summary>
    public void Fail(Exception error)
    {
        Volatile.Write(ref _hasFailed, true);
        Coordinator.Fail(error);
        Watchdog.Signal();
    }

    /// <summary>The feedback channel of a cycle has reached its limit.</summary>
    public void FailFeedback(Executor sender, CreditGate gate) =>
        Fail(new TopologyException(
            $"The cycle that {sender.Component} closes by sending to {gate.Receiver.Component} grew to {Plan.Options.FeedbackLimit:N0} tuples: it emits more than it takes in. "
            + "Emit less than one tuple per input in the cycle, or raise topology.feedback-limit."));

    /// <summary>A <see cref="FailReason"/> from an acker's message.</summary>
    public FailReason ReasonOf(ulong code)
    {
        var task = FailCode.Task(code);
        var component = task == 0 ? null : Plan.Components.First(c => task >= c.FirstTask && task < c.FirstTask + c.Tasks).Id;
        return new FailReason(FailCode.Kind(code), component, task == 0 ? -1 : task, FailDetails.Find(FailCode.Detail(code)));
    }

    /// <summary>Whether anybody subscribes to a stream.</summary>
    public bool HasSubscriber(string component, string stream) =>
        Plan.Components.Any(c => c.Inputs.Any(i => i.Component == component && i.Stream == stream));

    /// <summary>A number in [0, 1). Legal from any thread.</summary>
    public double NextChance() => (NextRandom() >> 11) * (1.0 / (1UL << 53));

    /// <summary>64 random bits. Legal from any thread.</summary>
    public ulong NextRandom()
    {
        lock (_chance) return _chance.Next();
    }
}
