using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;

namespace Topology;

/// <summary>
/// A reliable spout that keeps each record until it is acked, emits it again when it fails, and gives it up to the dead-letter stream after too many failures.
/// The author reads records and turns one into a tuple; nothing else is needed.
/// </summary>
/// <remarks>
/// <para>
/// Records may leave again, so whatever follows sees each at least once, and not in the order of reading.
/// </para>
/// <para>
/// What is kept lives in memory. A spout whose source can be read again from a given place outlives its worker by a position: it asks for that in <see cref="Open"/>, and says by
/// <see cref="PositionOf"/> and <see cref="NextPosition"/> where a record lies. The base class then commits the place of the first record that is neither acked nor given up, at
/// intervals and at the end. Other sources are told from <see cref="Acked"/> and <see cref="GivenUp"/>.
/// </para>
/// </remarks>
/// <example>
/// <code>
/// public sealed class NumberSpout : ReplayingSpout&lt;long&gt;
/// {
///     private long _next;
///
///     public override Fields Output => ["number"];
///
///     protected override SpoutPosition? NextPosition => new(_next);
///
///     public override void Open(SpoutContext context)
///     {
///         base.Open(context);
///         if (context.Position.TryGet(out var position)) _next = position.Number;
///     }
///
///     protected override bool TryRead(out long record)
///     {
///         record = _next++;
///         return true;
///     }
///
///     protected override SpoutPosition? PositionOf(long record) => new(record);
///
///     protected override void Emit(long record, RecordOutput output) => output.Emit(record);
/// }
/// </code>
/// </example>
/// <typeparam name="TRecord">What is read and kept: small, or a reference. It must not change between attempts.</typeparam>
public abstract class ReplayingSpout<TRecord> : ReliableSpout<long>
{
    // Bounds one call of NextTuple, so that acks and other executors get their turn.
    private const int MaxEmitsPerCall = 256;

    private readonly ReplayPolicy _policy;
    private readonly ReplaySlab<TRecord> _records = new();
    private readonly PriorityQueue<int, long> _waiting = new();
    private readonly RecordOutput _recordOutput = new();
    private SpoutContext? _context;
    private StreamId? _letterStream;
    private long _lettersWithoutConsumer;
    private long _deadLetters;

    /// <summary>A spout with the default policy.</summary>
    protected ReplayingSpout() : this(ReplayPolicy.Default)
    {
    }

    /// <param name="policy">When to emit again, and when to give up.</param>
    protected ReplayingSpout(ReplayPolicy policy) : base(replays: true)
    {
        ArgumentNullException.ThrowIfNull(policy);
        _policy = policy;
    }

    /// <summary>
    /// Whether <see cref="TryRead"/> will give no further record. With no record waiting for its next attempt, that is what makes the spout exhausted.
    /// </summary>
    protected virtual bool IsEndOfRecords => false;

    /// <inheritdoc/>
    public sealed override bool IsExhausted => _waiting.Count == 0 && IsEndOfRecords;

    /// <summary>
    /// Where reading goes on: all that was read lies before it. Null, the default, for a spout that keeps no position; asked for only where it asked
    /// for its position in <see cref="Open"/>.
    /// </summary>
    protected virtual SpoutPosition? NextPosition => null;

    internal sealed override int WaitingForRetry => _waiting.Count;

    internal sealed override long NextRetryNanoseconds => _waiting.TryPeek(out _, out var due) ? due : long.MaxValue;

    internal sealed override long LettersWithoutConsumer => _lettersWithoutConsumer;

    internal sealed override long DeadLetters => _deadLetters;

    /// <summary>
    /// Declares the dead-letter stream: the fields of <see cref="SpoutBase.Output"/>, then <c>reason</c> (text), <c>component</c> (the one that failed the record,
    /// or null) and <c>attempts</c> (how often it was emitted). Call the base method when overriding.
    /// </summary>
    public override void Declare(StreamDeclarer streams) => streams.Add(StreamId.DeadLetter, [.. Output, "reason", "component", "attempts"]);

    /// <summary>Called once before the first read. Call the base method when overriding, before anything else.</summary>
    public override void Open(SpoutContext context)
    {
        _context = context;
        _letterStream = context.HasConsumer(StreamId.DeadLetter) ? context.Stream(StreamId.DeadLetter) : null;
    }

    /// <summary>Reads the next record without waiting. Called only while there is room to emit it.</summary>
    /// <param name="record">The record, where there is one.</param>
    /// <returns>False where there is none now.</returns>
    protected abstract bool TryRead([MaybeNullWhen(false)] out TRecord record);

    /// <summary>
    /// Emits a record: calls <c>output.Emit</c> exactly once. It is called again with the same record for each further attempt and for the dead letter, which gets
    /// the same values (as many of them as <see cref="SpoutBase.Output"/> has fields). If it throws, that counts as a failure of the record.
    /// </summary>
    protected abstract void Emit(TRecord record, RecordOutput output);

    /// <summary>
    /// Where reading has to start so that this record, and all that were read after it, are read again. Null, the default, for a spout that keeps no position. Asked for one
    /// record per interval, the first in the order of reading that is neither acked nor given up; never during another call.
    /// </summary>
    /// <param name="record">A record that is pending or waits.</param>
    /// <returns>A position whose number is not below that of any record read before.</returns>
    protected virtual SpoutPosition? PositionOf(TRecord record) => null;

    /// <summary>The record is done: every tuple in its tree was acked. Without ackers this comes from within <see cref="Emit"/>.</summary>
    protected virtual void Acked(TRecord record)
    {
    }

    /// <summary>
    /// The record failed too often, and its dead letter was acked, or nobody subscribes to the dead-letter stream. Nothing more follows for it.
    /// </summary>
    /// <param name="record">The record.</param>
    /// <param name="reason">Its last failure.</param>
    protected virtual void GivenUp(TRecord record, FailReason reason)
    {
    }

    /// <summary>Emits the records whose next attempt is due, then new ones, as far as there is room.</summary>
    public sealed override void NextTuple(SpoutOutput<long> output)
    {
        var now = Context.NowNanoseconds;
        for (var emits = 0; emits < MaxEmitsPerCall; emits++)
        {
            if (_waiting.TryPeek(out var index, out var due) && due <= now)
            {
                // A waiting record counts as pending: there is room for it only once it no longer waits.
                _waiting.Dequeue();
                if (output.Remaining <= 0)
                {
                    _waiting.Enqueue(index, due);
                    return;
                }
            }
            else
            {
                if (output.Remaining <= 0 || !TryRead(out var record)) return;
                index = _records.Add(record);
            }

            EmitKept(index, output);
        }
    }

    /// <inheritdoc/>
    public sealed override void Ack(long messageId)
    {
        if (!_records.TryAnswer(messageId, out var index)) return;
        var (record, letter) = (_records[index].Record, _records[index].Letter);
        _records.Remove(index);
        if (letter is null) Acked(record);
        else GivenUp(record, letter.Reason);
    }

    /// <inheritdoc/>
    public sealed override void Fail(long messageId, FailReason reason)
    {
        if (_records.TryAnswer(messageId, out var index)) Retry(index, reason);
    }

    internal sealed override void CommitPosition()
    {
        var first = _records.Oldest;
        if ((first < 0 ? NextPosition : PositionOf(_records[first].Record)) is { } position) Context.Position.Commit(position);
    }

    private SpoutContext Context =>
        _context ?? throw new InvalidOperationException($"{GetType().Name}.Open does not call base.Open(context); add it as the first line.");

    private void EmitKept(int index, SpoutOutput<long> output)
    {
        ref var entry = ref _records[index];
        var messageId = _records.IdOf(index);
        if (entry.Letter is null)
        {
            entry.Attempts++;
            _recordOutput.Begin(output, messageId);
        }
        else
        {
            _recordOutput.BeginLetter(output, messageId, _letterStream!, entry.Letter.Reason, entry.Attempts);
        }

        try
        {
            if (entry.Letter is null) EmitOnce(entry.Record);
            else EmitAsLetter(entry.Record, messageId);
        }
        catch (Exception exception) when (!_recordOutput.HasEmitted)
        {
            // Without ackers the ack comes from within the emit, and what threw may be the author's Acked: the record is done then.
            if (_records.TryAnswer(messageId, out _)) Retry(index, ReasonOf(exception));
            throw;
        }
        finally
        {
            _recordOutput.End();
        }
    }

    private void EmitOnce(TRecord record)
    {
        Emit(record, _recordOutput);
        if (!_recordOutput.HasEmitted)
            throw new EmitException($"{GetType().Name}.Emit returned without emitting the record; it must call output.Emit exactly once.");
    }

    private void EmitAsLetter(TRecord record, long messageId)
    {
        try
        {
            EmitOnce(record);
        }
        catch (Exception) when (!_recordOutput.HasEmitted && _records.IsOpen(messageId))
        {
            // What threw was reported at the attempts before, and is why the record was given up: the letter goes without its values.
            _recordOutput.EmitEmptyLetter();
        }
    }

    private FailReason ReasonOf(Exception exception) => new(FailKind.BoltError, Context.Component, Context.Task, exception.Message);

    private void Retry(int index, in FailReason reason)
    {
        ref var entry = ref _records[index];
        if (entry.Letter is not null)
        {
            Wait(index, ++entry.Letter.Failures);
            return;
        }

        if (reason.Kind == FailKind.Timeout) entry.Timeouts++;
        else if (reason.Kind is not (FailKind.WorkerLost or FailKind.LinkLost)) entry.Failures++;

        if (entry.Failures >= _policy.MaxAttempts || entry.Timeouts >= _policy.MaxTimeouts) GiveUp(index, reason);
        else Wait(index, entry.Failures + entry.Timeouts);
    }

    private void Wait(int index, int failures) =>
        _waiting.Enqueue(index, Context.NowNanoseconds + _policy.DelayNanoseconds(failures, Context.NextChance()));

    private void GiveUp(int index, in FailReason reason)
    {
        if (_letterStream is null)
        {
            Drop(index, reason);
            return;
        }

        _records[index].Letter = new ReplayLetter(reason);
        _deadLetters++;
        _waiting.Enqueue(index, Context.NowNanoseconds);
    }

    private void Drop(int index, in FailReason reason)
    {
        var (record, attempts) = (_records[index].Record, _records[index].Attempts);
        _records.Remove(index);
        if (_lettersWithoutConsumer++ == 0)
        {
            Context.Logger.LogWarning(
                "A record was given up after {Attempts} attempts ({Reason}) and is lost, because nobody subscribes to the stream '{Stream}' of '{Component}'. Further ones are only counted.",
                attempts, reason, StreamId.DeadLetter, Context.Component);
        }

        GivenUp(record, reason);
    }
}
