using System.Threading.Tasks.Dataflow;

namespace Topology.Bench;

/// <summary>
/// Word count in TPL Dataflow, untracked: a split block of two tasks at a time and two count blocks, each with its half of the words. Words are slices of their sentence,
/// order is not kept where that is cheaper, and everything is bounded.
/// </summary>
internal sealed class DataflowWordCount(DataflowStyle style) : IContender
{
    // Of 512, 2,048, 4,096, 16,384 and 65,536 the best for Linked (7 to 8.5 million words a second on 2 cores); Posting hardly cares (10 to 11 million).
    private const int Capacity = 4_096;

    private static readonly ExecutionDataflowBlockOptions SplitOptions =
        new() { BoundedCapacity = Capacity, MaxDegreeOfParallelism = 2, EnsureOrdered = false, SingleProducerConstrained = true };

    private static readonly ExecutionDataflowBlockOptions CountOptions = new() { BoundedCapacity = Capacity };

    private bool _stopping;

    /// <inheritdoc/>
    public async Task<Reading> RunAsync(TimeSpan settle, TimeSpan window)
    {
        _stopping = false;
        var counted = new TupleCounter();
        var counts = new[] { CountBlock(counted.NewCell()), CountBlock(counted.NewCell()) };
        ITargetBlock<string> split = style == DataflowStyle.Linked ? LinkedSplit(counts) : PostingSplit(counts);
        var feeding = Task.Run(() => FeedAsync(split));

        var reading = await Window.ReadAsync(() => counted.Count, settle, window).ConfigureAwait(false);
        Volatile.Write(ref _stopping, true);
        var sent = await feeding.ConfigureAwait(false);
        await split.Completion.ConfigureAwait(false);
        foreach (var count in counts) count.Complete();
        await Task.WhenAll(counts.Select(count => count.Completion)).ConfigureAwait(false);
        return counted.Count == sent ? reading : throw new BenchException($"Dataflow lost {sent - counted.Count} words");
    }

    private async Task<long> FeedAsync(ITargetBlock<string> split)
    {
        var words = 0L;
        for (var number = 0L; !Volatile.Read(ref _stopping); number++)
        {
            var place = Sentences.IndexOf(number);
            if (!split.Post(Sentences.All[place])) await split.SendAsync(Sentences.All[place]).ConfigureAwait(false);
            words += Sentences.WordCounts[place];
        }

        split.Complete();
        return words;
    }

    private static TransformManyBlock<string, Word> LinkedSplit(ActionBlock<Word>[] counts)
    {
        var split = new TransformManyBlock<string, Word>(Split, SplitOptions);
        split.LinkTo(counts[0], word => word.Half == 0);
        split.LinkTo(counts[1]);
        return split;
    }

    private static ActionBlock<string> PostingSplit(ActionBlock<Word>[] counts) => new(
        async sentence =>
        {
            for (var start = 0; start < sentence.Length;)
            {
                var word = Word.At(sentence, start);
                var count = counts[word.Half];
                if (!count.Post(word)) await count.SendAsync(word).ConfigureAwait(false);
                start = word.Next;
            }
        },
        SplitOptions);

    private static ActionBlock<Word> CountBlock(TupleCell counted)
    {
        var table = new WordTable();
        return new ActionBlock<Word>(
            word =>
            {
                table.Add(word.Letters);
                counted.Add(1);
            },
            CountOptions);
    }

    // An array is faster than an iterator, although it is allocated: TransformManyBlock takes it whole.
    private static Word[] Split(string sentence)
    {
        var words = new Word[sentence.AsSpan().Count(' ') + 1];
        for (var (i, start) = (0, 0); i < words.Length; i++)
        {
            words[i] = Word.At(sentence, start);
            start = words[i].Next;
        }

        return words;
    }
}
