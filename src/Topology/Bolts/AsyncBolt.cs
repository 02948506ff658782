namespace Topology;

/// <summary>
/// A bolt whose work is asynchronous, at most so many tuples at a time. Each tuple is held while its work runs, and acked when it returns; an exception
/// fails it. What the work emits leaves on the bolt's own thread when the work has ended, so output stays single-threaded. Order is not kept.
/// </summary>
[System.Diagnostics.CodeAnalysis.SuppressMessage("Design", "CA1001", Justification = "Disposed by Cleanup, which ends the bolt's life.")]
public abstract class AsyncBolt : IBolt
{
    private readonly int _concurrency;
    private readonly CancellationTokenSource _stopping = new();
    private BoltContext _context = null!;
    private int _running;
    private bool _hasEnded;

    /// <param name="concurrency">How many tuples may be in work at once, per task; at least 1. Beyond it the task takes no input.</param>
    protected AsyncBolt(int concurrency)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(concurrency, 1);
        _concurrency = concurrency;
    }

    /// <inheritdoc/>
    public abstract Fields Output { get; }

    /// <summary>Whether another tuple may be started.</summary>
    internal bool HasRoom => _running < _concurrency;

    /// <summary>How many tuples are in work.</summary>
    internal int Running => _running;

    /// <inheritdoc/>
    public virtual void Declare(StreamDeclarer streams)
    {
    }

    /// <summary>Called once before the first tuple; call the base method when overriding.</summary>
    public virtual void Prepare(BoltContext context) => _context = context;

    /// <summary>Called once at the end; call the base method when overriding, which cancels what still runs.</summary>
    public virtual void Cleanup()
    {
        _hasEnded = true;
        _stopping.Cancel();
        _stopping.Dispose();
    }

    /// <summary>Handles one tuple, on any thread. What it emits is anchored to the tuple.</summary>
    /// <param name="tuple">The tuple, with values of its own.</param>
    /// <param name="output">Where to emit; legal from any thread until the returned task ends.</param>
    /// <param name="cancellation">Cancelled when the bolt is cleaned up.</param>
    protected abstract ValueTask ExecuteAsync(TupleCopy tuple, AsyncOutput output, CancellationToken cancellation);

    void IBolt.Execute(TupleView tuple, BoltOutput output)
    {
        if (tuple.IsTick) return;
        var work = new AsyncOutput(output.Hold(tuple));
        _running++;
        _ = RunAsync(new TupleCopy(tuple.ToArray(), tuple.Source), work, output);
    }

    private async Task RunAsync(TupleCopy tuple, AsyncOutput work, BoltOutput output)
    {
        Exception? error = null;
        try
        {
            // Goes on where it began: an event loop has no context to go back to, and a simulation has one that keeps the order.
            await ExecuteAsync(tuple, work, _stopping.Token).ConfigureAwait(true);
        }
        catch (Exception exception)
        {
            error = exception;
        }

        _context.PostCompletion(() => Complete(tuple, work, output, error));
    }

    private void Complete(TupleCopy tuple, AsyncOutput work, BoltOutput output, Exception? error)
    {
        _running--;
        // The tuples of an instance that was cleaned up are nobody's any more.
        if (_hasEnded) return;
        if (error is null)
        {
            try
            {
                work.EmitAll(output);
                output.Ack(work.Tuple);
                return;
            }
            catch (Exception exception) when (exception is not AnswerException)
            {
                error = exception;
            }
        }

        if (error is FailTupleException) output.Fail(work.Tuple, error.Message);
        else output.Abandon(work.Tuple, tuple, error);
    }
}
