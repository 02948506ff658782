namespace Topology;

/// <summary>
/// A bolt, whole: it acks, fails or holds every tuple that it is given. Most bolts derive from <see cref="BasicBolt"/>, which does that for them.
/// The engine makes all calls on one thread at a time, so a bolt needs no locks.
/// </summary>
public interface IBolt
{
    /// <summary>The fields of the default stream, or <c>[]</c> for a bolt that emits nothing. Read once, at <c>Build</c>.</summary>
    Fields Output { get; }

    /// <summary>Declares streams beside the default one. Called once, at <c>Build</c>.</summary>
    void Declare(StreamDeclarer streams)
    {
    }

    /// <summary>Called once before the first tuple. Streams, state and metrics are asked for here.</summary>
    void Prepare(BoltContext context)
    {
    }

    /// <summary>
    /// Handles one tuple. By its return the tuple is acked, failed or held; one that is none of these can never be answered, and fails at once as
    /// <see cref="FailKind.Forgotten"/>. An exception fails the tuple and is reported; what follows is for the component's <see cref="ErrorPolicy"/>.
    /// Tick tuples come here too: see <see cref="TupleView.IsTick"/>; they need no ack.
    /// </summary>
    void Execute(TupleView tuple, BoltOutput output);

    /// <summary>Called once when all input has ended, upstream bolts first, so that what was gathered can be emitted.</summary>
    void Finish(BoltOutput output)
    {
    }

    /// <summary>Called once at the end, if <see cref="Prepare"/> ran.</summary>
    void Cleanup()
    {
    }
}
