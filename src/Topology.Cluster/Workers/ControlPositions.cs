using System.Collections.Concurrent;
using Topology.Engine;

namespace Topology.Cluster;

/// <summary>Keeps a worker's positions in the daemon's store. A request that finds no daemon, or no room in its store, fails, and the engine makes it again.</summary>
internal sealed class ControlPositions : IPositionStore
{
    /// <summary>How long an answer may take. A daemon that is started again is back within this.</summary>
    private static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(5);

    /// <summary>How long a spout that is opened waits for its position in all, asking again after each limit.</summary>
    private static readonly TimeSpan ReadLimit = TimeSpan.FromSeconds(60);

    private readonly WorkerKey _worker;
    private readonly Action<WorkerMessage> _send;
    private readonly Func<string, int> _firstTaskOf;
    private readonly Func<long> _generation;
    private readonly TimeProvider _time;
    private readonly ConcurrentDictionary<long, TaskCompletionSource<DaemonMessage>> _requests = new();
    private long _lastRequest;

    /// <param name="worker">Who asks.</param>
    /// <param name="send">Sends a message to the daemon.</param>
    /// <param name="firstTaskOf">The id of a component's first task.</param>
    /// <param name="generation">The present generation.</param>
    /// <param name="time">The clock.</param>
    public ControlPositions(WorkerKey worker, Action<WorkerMessage> send, Func<string, int> firstTaskOf, Func<long> generation, TimeProvider time)
    {
        (_worker, _send, _firstTaskOf, _generation, _time) = (worker, send, firstTaskOf, generation, time);
    }

    /// <summary>An answer came from the daemon. Legal from any thread.</summary>
    public void Answer(long request, DaemonMessage answer)
    {
        if (_requests.TryRemove(request, out var waiting)) waiting.TrySetResult(answer);
    }

    public StoredPosition? Read(PositionKey key)
    {
        var since = _time.GetTimestamp();
        while (true)
        {
            try
            {
                return Ask(request => new WorkerMessage.ReadPosition(_worker, request, key.Component, TaskOf(key))).GetAwaiter().GetResult() switch
                {
                    DaemonMessage.PositionRead { Incarnation: 0 } => null,
                    DaemonMessage.PositionRead read => new StoredPosition(read.Incarnation, new SpoutPosition(read.Sequence, read.Payload)),
                    var other => throw Unexpected(other),
                };
            }
            catch (TimeoutException) when (_time.GetElapsedTime(since) < ReadLimit)
            {
                // The daemon is away; it is asked again.
            }
        }
    }

    public async Task<PositionOutcome> CommitAsync(PositionKey key, long incarnation, SpoutPosition position)
    {
        var answer = await Ask(request => new WorkerMessage.CommitPosition(_worker, request, _generation(), key.Component, TaskOf(key), position.Number, position.Payload)).ConfigureAwait(false);
        if (answer is not DaemonMessage.PositionCommitted committed) throw Unexpected(answer);
        return committed.Outcome;
    }

    private int TaskOf(PositionKey key) => _firstTaskOf(key.Component) + key.TaskIndex;

    private async Task<DaemonMessage> Ask(Func<long, WorkerMessage> message)
    {
        var request = Interlocked.Increment(ref _lastRequest);
        var answer = _requests[request] = new TaskCompletionSource<DaemonMessage>(TaskCreationOptions.RunContinuationsAsynchronously);
        try
        {
            _send(message(request));
            return await answer.Task.WaitAsync(AnswerLimit, _time).ConfigureAwait(false);
        }
        finally
        {
            _requests.TryRemove(request, out _);
        }
    }

    private static TopologyException Unexpected(DaemonMessage answer) =>
        new(answer is DaemonMessage.RequestFailed failed ? $"The position was not kept: {failed.Problem}" : "The daemon gave an answer to another question.");
}
