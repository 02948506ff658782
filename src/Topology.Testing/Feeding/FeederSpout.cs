namespace Topology.Testing;

/// <summary>
/// Emits the tuples given to a <see cref="Feeder"/>, each once and tracked. It may have several tasks, which share them; a tuple that fails is not emitted again.
/// </summary>
public sealed class FeederSpout : ReliableSpout<FedTuple>
{
    private readonly Feeder _feeder;
    private readonly Dictionary<string, StreamId> _streams = [];
    private SpoutContext? _context;
    private int _pending;

    /// <param name="feeder">Where its tuples come from.</param>
    public FeederSpout(Feeder feeder)
    {
        ArgumentNullException.ThrowIfNull(feeder);
        _feeder = feeder;
    }

    /// <inheritdoc/>
    public override Fields Output => _feeder.Fields;

    /// <summary>True when the feeder has ended and all its tuples were emitted.</summary>
    public override bool IsExhausted => _feeder.IsExhausted;

    /// <inheritdoc/>
    public override void Declare(StreamDeclarer streams)
    {
        foreach (var (name, fields) in _feeder.Streams) streams.Add(name, fields);
    }

    /// <inheritdoc/>
    public override void Open(SpoutContext context)
    {
        _context = context;
        _feeder.Attach(context);
    }

    /// <inheritdoc/>
    public override void NextTuple(SpoutOutput<FedTuple> output)
    {
        for (var left = _feeder.IsBurst ? _context!.MaxSpoutPending - _pending : output.Remaining; left > 0 && _feeder.TryTake(out var tuple); left--)
        {
            tuple.Emitted();
            try
            {
                _pending++;
                output.Emit(StreamOf(tuple), tuple, tuple.Values);
            }
            catch (Exception exception) when (exception is EmitException or ArgumentException)
            {
                _pending--;
                _feeder.TreeFailed(tuple, new FailReason(FailKind.BoltError, _context!.Component, _context.Task, exception.Message));
                throw;
            }
        }
    }

    /// <inheritdoc/>
    public override void Ack(FedTuple messageId)
    {
        _pending--;
        _feeder.TreeAcked(messageId);
    }

    /// <inheritdoc/>
    public override void Fail(FedTuple messageId, FailReason reason)
    {
        _pending--;
        _feeder.TreeFailed(messageId, reason);
    }

    /// <inheritdoc/>
    public override void Close() => _feeder.Detach(_context!);

    private StreamId StreamOf(FedTuple tuple)
    {
        if (!_streams.TryGetValue(tuple.Stream, out var stream)) _streams.Add(tuple.Stream, stream = _context!.Stream(tuple.Stream));
        return stream;
    }
}
