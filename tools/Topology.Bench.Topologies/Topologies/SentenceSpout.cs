namespace Topology.Bench;

/// <summary>Emits sentences as fast as max-spout-pending allows, tracked.</summary>
internal sealed class SentenceSpout(RunCounters counters) : ReliableSpout<long>
{
    // About 320 words per call, as many tuples as the other spouts emit.
    private const int SentencesPerCall = 32;

    private readonly TupleCell _expected = counters.Expected.NewCell();
    private readonly TupleCell _tracked = counters.Tracked.NewCell();
    private readonly TupleCell _acked = counters.Acked.NewCell();
    private readonly TupleCell _failed = counters.Failed.NewCell();
    private long _number;

    /// <inheritdoc/>
    public override Fields Output => ["sentence"];

    /// <inheritdoc/>
    public override void NextTuple(SpoutOutput<long> output)
    {
        var count = Math.Min(output.Remaining, SentencesPerCall);
        var words = 0;
        for (var i = 0; i < count; i++, _number++)
        {
            var place = Sentences.IndexOf(_number);
            output.Emit(_number, Sentences.All[place]);
            words += Sentences.WordCounts[place];
        }

        _tracked.Add(count);
        _expected.Add(words);
    }

    /// <inheritdoc/>
    public override void Ack(long messageId) => _acked.Add(1);

    /// <inheritdoc/>
    public override void Fail(long messageId, FailReason reason) => _failed.Add(1);
}
