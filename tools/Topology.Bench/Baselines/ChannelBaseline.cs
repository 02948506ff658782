using System.Threading.Channels;

namespace Topology.Bench;

/// <summary>
/// What a .NET developer would write for one hop: a bounded <see cref="Channel"/> of (text, number) with one writer and one reader. The reader looks at both parts
/// and counts, which is what the bolt of a scenario does too.
/// </summary>
internal sealed class ChannelBaseline(ChannelStyle style) : IContender
{
    private const int Capacity = 4_096;
    private const int RowsPerArray = 256;

    private bool _stopping;

    /// <inheritdoc/>
    public async Task<Reading> RunAsync(TimeSpan settle, TimeSpan window)
    {
        _stopping = false;
        var written = new TupleCell();
        var read = new TupleCell();
        var work = style switch
        {
            ChannelStyle.Spinning => RunSpinning(written, read),
            ChannelStyle.Async => RunAsync(written, read),
            _ => RunArrays(written, read),
        };

        var reading = await Window.ReadAsync(() => read.Count, settle, window).ConfigureAwait(false);
        Volatile.Write(ref _stopping, true);
        await work.ConfigureAwait(false);
        return read.Count == written.Count ? reading : throw new BenchException($"the channel lost {written.Count - read.Count} items");
    }

    private Task RunSpinning(TupleCell written, TupleCell read)
    {
        var channel = NewChannel<(string, long)>(Capacity);
        return Task.WhenAll(
            OwnThread.Run(() =>
            {
                for (var number = 0L; !Volatile.Read(ref _stopping); number++)
                {
                    Write(channel.Writer, (Payload.TextOf(number), number));
                    written.Add(1);
                }

                channel.Writer.Complete();
            }),
            OwnThread.Run(() =>
            {
                var sum = 0L;
                while (TryReadUntilCompleted(channel.Reader, out var item))
                {
                    sum += item.Item1.Length + item.Item2;
                    read.Add(1);
                }

                GC.KeepAlive(sum);
            }));
    }

    private Task RunAsync(TupleCell written, TupleCell read)
    {
        var channel = NewChannel<(string, long)>(Capacity);
        return Task.WhenAll(
            Task.Run(async () =>
            {
                for (var number = 0L; !Volatile.Read(ref _stopping); number++)
                {
                    await channel.Writer.WriteAsync((Payload.TextOf(number), number)).ConfigureAwait(false);
                    written.Add(1);
                }

                channel.Writer.Complete();
            }),
            Task.Run(async () =>
            {
                var sum = 0L;
                await foreach (var item in channel.Reader.ReadAllAsync().ConfigureAwait(false))
                {
                    sum += item.Item1.Length + item.Item2;
                    read.Add(1);
                }

                GC.KeepAlive(sum);
            }));
    }

    private Task RunArrays(TupleCell written, TupleCell read)
    {
        const int arrays = Capacity / RowsPerArray;
        var full = NewChannel<(string, long)[]>(arrays);
        var empty = NewChannel<(string, long)[]>(arrays);
        for (var i = 0; i < arrays; i++) empty.Writer.TryWrite(new (string, long)[RowsPerArray]);
        return Task.WhenAll(
            OwnThread.Run(() =>
            {
                var number = 0L;
                while (!Volatile.Read(ref _stopping) && TryReadUntilCompleted(empty.Reader, out var rows))
                {
                    for (var i = 0; i < rows.Length; i++, number++) rows[i] = (Payload.TextOf(number), number);
                    Write(full.Writer, rows);
                    written.Add(rows.Length);
                }

                full.Writer.Complete();
            }),
            OwnThread.Run(() =>
            {
                var sum = 0L;
                while (TryReadUntilCompleted(full.Reader, out var rows))
                {
                    foreach (ref readonly var item in rows.AsSpan()) sum += item.Item1.Length + item.Item2;
                    read.Add(rows.Length);
                    Write(empty.Writer, rows);
                }

                GC.KeepAlive(sum);
            }));
    }

    private static Channel<T> NewChannel<T>(int capacity) =>
        Channel.CreateBounded<T>(new BoundedChannelOptions(capacity) { SingleReader = true, SingleWriter = true });

    private static void Write<T>(ChannelWriter<T> writer, T item)
    {
        if (writer.TryWrite(item)) return;

        // Never the millisecond's sleep that a spin turns into by default: it would be the baseline's loss.
        var spin = default(SpinWait);
        while (!writer.TryWrite(item)) spin.SpinOnce(sleep1Threshold: -1);
    }

    private static bool TryReadUntilCompleted<T>(ChannelReader<T> reader, out T item)
    {
        if (reader.TryRead(out item!)) return true;
        var spin = default(SpinWait);
        while (!reader.TryRead(out item!))
        {
            if (reader.Completion.IsCompleted) return false;
            spin.SpinOnce(sleep1Threshold: -1);
        }

        return true;
    }
}
