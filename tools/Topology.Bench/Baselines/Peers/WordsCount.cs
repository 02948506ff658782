using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using Topology.Messaging;

namespace Topology.Bench;

/// <summary>Reads words and counts them.</summary>
internal sealed class WordsCount(Board board, Func<string, string> endpoint) : IPeer
{
    private readonly TupleCell _received = board.Counters.Received.NewCell();
    private readonly WordTable _table = new();
    private readonly char[] _word = new char[byte.MaxValue];

    /// <inheritdoc/>
    public void Run()
    {
        using var words = new PullSocket();
        words.Connect(endpoint("words"));
        var frame = default(Msg);
        while (true)
        {
            if (words.TryReceiveFrame(ref frame, Timeout.InfiniteTimeSpan)) _received.Add(Count(frame.Data));
        }
    }

    private int Count(ReadOnlySpan<byte> frame)
    {
        ref var start = ref MemoryMarshal.GetReference(frame);
        var count = 0;
        for (var place = 0; place < frame.Length; count++)
        {
            var utf8 = RowFormat.ReadBytes(ref Unsafe.Add(ref start, place), out var size);
            place += size;
            Ascii.ToUtf16(utf8, _word, out var length);
            _table.Add(_word.AsSpan(0, length));
        }

        return count;
    }
}
