using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Topology.Messaging;

namespace Topology.Bench;

/// <summary>Sends sentences as fast as they are taken.</summary>
internal sealed class WordsSource(Board board, Func<string, string> endpoint) : IPeer
{
    // The most bytes of a sentence: 12 words of at most 9 letters, 3 bytes for a letter while it is not known to be ASCII.
    private const int SentenceRoom = 512;

    private static readonly TimeSpan Wait = TimeSpan.FromMilliseconds(1);

    private readonly TupleCell _expected = board.Counters.Expected.NewCell();
    private long _number;

    /// <inheritdoc/>
    public void Run()
    {
        using var sentences = new PushSocket();
        sentences.Bind(endpoint("sentences"));
        using var sender = new FrameSender(sentences);
        while (true)
        {
            if (board.IsOpen && sender.Open is { } slab && sender.Finish(Fill(slab.Bytes))) continue;
            sender.TrySend();
            Thread.Yield();
            sentences.Poll(board.IsOpen ? PollEvents.Out : PollEvents.In, Wait);
        }
    }

    private int Fill(Span<byte> frame)
    {
        ref var start = ref MemoryMarshal.GetReference(frame);
        var size = 0;
        var words = 0;
        while (size < RowFormat.FrameBytes - SentenceRoom)
        {
            var place = Sentences.IndexOf(_number++);
            size += RowFormat.Write(ref Unsafe.Add(ref start, size), Sentences.All[place]);
            words += Sentences.WordCounts[place];
        }

        _expected.Add(words);
        return size;
    }
}
