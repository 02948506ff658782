namespace Topology;

/// <summary>
/// A bolt that anchors each tuple it emits to the one it is executing, and acks that one when <see cref="Execute"/> returns. A
/// <see cref="FailTupleException"/> fails the tuple without a report; any other exception fails it and is reported.
/// </summary>
public abstract class BasicBolt : IBolt
{
    /// <inheritdoc/>
    public abstract Fields Output { get; }

    /// <inheritdoc/>
    public virtual void Declare(StreamDeclarer streams)
    {
    }

    /// <inheritdoc/>
    public virtual void Prepare(BoltContext context)
    {
    }

    /// <inheritdoc/>
    public virtual void Cleanup()
    {
    }

    /// <summary>Handles one tuple, which is never a tick.</summary>
    protected abstract void Execute(TupleView tuple, AnchoredOutput output);

    /// <summary>Called at the component's tick interval; what is emitted here is in no tree.</summary>
    protected virtual void Tick(AnchoredOutput output)
    {
    }

    /// <summary>Called once when all input has ended; what is emitted here is in no tree.</summary>
    protected virtual void Finish(AnchoredOutput output)
    {
    }

    void IBolt.Execute(TupleView tuple, BoltOutput output)
    {
        if (tuple.IsTick)
        {
            Tick(new AnchoredOutput(output));
            return;
        }

        Execute(tuple, new AnchoredOutput(output));
        output.AckCurrent();
    }

    void IBolt.Finish(BoltOutput output) => Finish(new AnchoredOutput(output));
}
