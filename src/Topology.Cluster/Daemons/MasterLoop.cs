using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace Topology.Cluster;

/// <summary>
/// Drives the <see cref="Master"/>: takes events one after the other, makes what they change durable, and only then goes on from the new state and has the actions done. Events that wait are handled together and kept with one write. What cannot
/// be kept has not happened: commands are answered with the store's error, and all other events come again.
/// </summary>
internal sealed class MasterLoop : IAsyncDisposable
{
    /// <summary>Events that are kept together at most.</summary>
    private const int EventsPerWrite = 256;

    private readonly Master _master;
    private readonly IClusterStore _store;
    private readonly Action<MasterAction> _act;
    private readonly TimeSpan _lookEvery;
    private readonly Task _begin;
    private readonly TimeProvider _time;
    private readonly LeaseClock _clock;
    private readonly ILogger _log;
    private readonly Channel<MasterEvent> _events = Channel.CreateUnbounded<MasterEvent>(new UnboundedChannelOptions { SingleReader = true });
    private readonly ConcurrentDictionary<long, TaskCompletionSource<CommandOutcome>> _commands = new();
    private readonly Task _running;
    private MasterState _state;
    private TimeSpan _leapt;
    private long _lastRequest;

    /// <param name="options">The times by which the master decides.</param>
    /// <param name="store">Where it keeps what has to survive.</param>
    /// <param name="act">Does an action; called on one thread at a time, after what led to it is durable. Must be short.</param>
    /// <param name="begin">Ends when those that it calls are there; nothing is handled before.</param>
    /// <param name="chance">Where chance begins.</param>
    /// <param name="time">The clock.</param>
    /// <param name="log">Where trouble with the store is told.</param>
    public MasterLoop(MasterOptions options, IClusterStore store, Action<MasterAction> act, Task begin, ulong chance, TimeProvider time, ILogger log)
    {
        (_master, _store, _act, _begin, _time, _log) = (new Master(options), store, act, begin, time, log);
        (_lookEvery, _clock) = (options.LookEvery, new LeaseClock(time));
        var now = time.GetUtcNow();
        store.WriteAsync(writer =>
        {
            MasterRecords.FailDamaged(writer, now);
            return true;
        }).GetAwaiter().GetResult();
        _state = _master.Restore(store.Read(MasterRecords.Load), chance, now);
        _running = Task.Run(RunAsync);
    }

    /// <summary>Ends with the loop; faults with what broke it.</summary>
    public Task Completion => _running;

    /// <summary>All that the master knows, and all of it durable where it has to be. Legal from any thread.</summary>
    public MasterState State => Volatile.Read(ref _state);

    /// <summary>Something happened. Legal from any thread; after the end it has no effect.</summary>
    public void Post(MasterEvent @event) => _events.Writer.TryWrite(@event);

    /// <summary>Asks for something.</summary>
    /// <returns>The answer, when what it promises is durable.</returns>
    /// <exception cref="StoreException">By the task: it cannot be kept, so it is not carried out.</exception>
    /// <exception cref="ObjectDisposedException">By the task: the loop has ended.</exception>
    public Task<CommandOutcome> AskAsync(TopologyCommand command)
    {
        var request = Interlocked.Increment(ref _lastRequest);
        var answer = _commands[request] = new TaskCompletionSource<CommandOutcome>(TaskCreationOptions.RunContinuationsAsynchronously);
        if (!_events.Writer.TryWrite(new MasterEvent.CommandReceived(request, command))) End(request, answer);
        return answer.Task;
    }

    /// <summary>Answers a command. For whoever does the actions.</summary>
    public void Answer(MasterAction.Answer answer)
    {
        if (_commands.TryRemove(answer.Request, out var waiting)) waiting.TrySetResult(answer.Outcome);
    }

    /// <summary>Handles what was posted before, and ends. The state and the workers stay as they are.</summary>
    public async ValueTask DisposeAsync()
    {
        _events.Writer.TryComplete();
        await _running.ConfigureAwait(false);
        foreach (var (request, answer) in _commands) End(request, answer);
    }

    private void End(long request, TaskCompletionSource<CommandOutcome> answer)
    {
        _commands.TryRemove(request, out _);
        answer.TrySetException(new ObjectDisposedException(nameof(MasterLoop), "The daemon is ending."));
    }

    private async Task RunAsync()
    {
        await _begin.ConfigureAwait(false);
        var nextLook = _time.GetUtcNow();
        var nextTick = nextLook;
        var batch = new List<MasterEvent>();
        while (await WaitAsync(nextLook).ConfigureAwait(false))
        {
            batch.Clear();
            while (batch.Count < EventsPerWrite && _events.Reader.TryRead(out var @event)) batch.Add(@event);
            // Leases end by the clock, also where workers report so often that there is always an event before the next look.
            if (batch.Count == 0 || _time.GetUtcNow() >= nextTick)
            {
                batch.Add(new MasterEvent.Tick());
                nextTick = _time.GetUtcNow() + _lookEvery;
            }

            nextLook = await HandleAsync(batch).ConfigureAwait(false);
        }
    }

    /// <summary>Waits for an event or a time. False at the end.</summary>
    private async Task<bool> WaitAsync(DateTimeOffset until)
    {
        var rest = until - _time.GetUtcNow();
        if (rest <= TimeSpan.Zero) return !_events.Reader.Completion.IsCompleted;
        try
        {
            return await _events.Reader.WaitToReadAsync().AsTask().WaitAsync(rest, _time).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            return true;
        }
    }

    private async Task<DateTimeOffset> HandleAsync(List<MasterEvent> batch)
    {
        var now = Now(_state);
        ProlongLeases();
        var state = _state;
        var changes = ImmutableArray.CreateBuilder<StoreChange>();
        var actions = new List<MasterAction>();
        var nextLook = DateTimeOffset.MaxValue;
        foreach (var @event in batch)
        {
            var step = _master.Handle(state, @event, now);
            state = step.State;
            changes.AddRange(step.Changes);
            actions.AddRange(step.Actions);
            nextLook = step.NextLook;
        }

        try
        {
            if (changes.Count > 0) await KeepAsync(changes.DrainToImmutable()).ConfigureAwait(false);
        }
        catch (ArgumentException) when (batch.Count > 1)
        {
            // One of them says what cannot be kept: the others are not to suffer for it.
            foreach (var @event in batch) nextLook = await HandleAsync([@event]).ConfigureAwait(false);
            return nextLook;
        }
        catch (Exception error) when (error is StoreException or ArgumentException)
        {
            Refuse(batch, error);
            foreach (var @event in batch) Hear(@event, now);
            return _time.GetUtcNow() + TimeSpan.FromSeconds(1);
        }

        Volatile.Write(ref _state, state);
        foreach (var action in actions) Do(action);
        return nextLook;
    }

    /// <summary>Takes in what of an event needs no store, so that workers do not count as silent because there is no room for what they count.</summary>
    private void Hear(MasterEvent @event, DateTimeOffset now)
    {
        if (@event is MasterEvent.CommandReceived) return;
        if (@event is MasterEvent.WorkerReported reported) @event = reported with { Report = reported.Report with { Counters = Counts.None } };
        var step = _master.Handle(_state, @event, now);
        if (!step.Changes.IsEmpty) return;
        Volatile.Write(ref _state, step.State);
        foreach (var action in step.Actions) Do(action);
    }

    /// <summary>What a supervisor has to do before its lease ends takes it real time: a clock that is set forward here gives it none. For the time that is handled next, and was read before.</summary>
    private void ProlongLeases()
    {
        var leapt = _clock.Leapt;
        if (leapt == _leapt) return;
        _log.LogWarning("The system's time has leapt ahead by {Leap}: leases of other hosts end as much later", leapt - _leapt);
        Volatile.Write(ref _state, SupervisorHandler.Prolong(_state, leapt - _leapt));
        _leapt = leapt;
    }

    /// <summary>The clock of a system can be set back; the master's never goes back.</summary>
    private DateTimeOffset Now(MasterState state) => _time.GetUtcNow() is var now && now > state.Now ? now : state.Now;

    private Task<bool> KeepAsync(ImmutableArray<StoreChange> changes) => _store.WriteAsync(writer =>
    {
        foreach (var change in changes) MasterRecords.Apply(writer, change);
        return true;
    });

    private void Refuse(List<MasterEvent> batch, Exception error)
    {
        _log.LogError(error, "What happened could not be kept, so nothing follows from it: {Problem}", error.Message);
        foreach (var command in batch.OfType<MasterEvent.CommandReceived>())
            if (_commands.TryRemove(command.Request, out var waiting)) waiting.TrySetException(error);
    }

    private void Do(MasterAction action)
    {
        try
        {
            _act(action);
        }
        catch (Exception error)
        {
            // Whatever it was, the other topologies are still to be led. An action has an effect at most; what has had none is ordered again.
            _log.LogError(error, "{Action} was not done: {Problem}", action.GetType().Name, error.Message);
        }
    }
}
