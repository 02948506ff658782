namespace Topology.Bench;

/// <summary>Word count as one loop on one thread: no engine, no queue, no second core.</summary>
internal sealed class PlainLoopWordCount : IContender
{
    private bool _stopping;

    /// <inheritdoc/>
    public async Task<Reading> RunAsync(TimeSpan settle, TimeSpan window)
    {
        _stopping = false;
        var counted = new TupleCell();
        var work = OwnThread.Run(() =>
        {
            var table = new WordTable();
            for (var number = 0L; !Volatile.Read(ref _stopping); number++)
            {
                var sentence = Sentences.All[Sentences.IndexOf(number)];
                foreach (var word in sentence.AsSpan().Split(' ')) table.Add(sentence.AsSpan(word));
                counted.Add(Sentences.WordCounts[Sentences.IndexOf(number)]);
            }
        });

        var reading = await Window.ReadAsync(() => counted.Count, settle, window).ConfigureAwait(false);
        Volatile.Write(ref _stopping, true);
        await work.ConfigureAwait(false);
        return reading;
    }
}
