using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using Topology.Messaging;

namespace Topology.Bench;

/// <summary>Reads sentences and sends their words.</summary>
internal sealed class WordsSplit(Func<string, string> endpoint) : IPeer
{
    private readonly char[] _sentence = new char[byte.MaxValue];
    private int _size;

    /// <inheritdoc/>
    public void Run()
    {
        using var sentences = new PullSocket();
        sentences.Connect(endpoint("sentences"));
        using var words = new PushSocket();
        words.Bind(endpoint("words"));
        using var sender = new FrameSender(words);
        var frame = default(Msg);
        while (true)
        {
            if (!sentences.TryReceiveFrame(ref frame, Timeout.InfiniteTimeSpan)) continue;
            ref var start = ref MemoryMarshal.GetReference(frame.Data);
            for (var place = 0; place < frame.Data.Length;)
            {
                var utf8 = RowFormat.ReadBytes(ref Unsafe.Add(ref start, place), out var size);
                place += size;
                Ascii.ToUtf16(utf8, _sentence, out var length);
                Send(_sentence.AsSpan(0, length), sender, words);
            }

            if (_size > 0) Finish(sender, words);
        }
    }

    private void Send(ReadOnlySpan<char> sentence, FrameSender sender, NetMQSocket socket)
    {
        var slab = sender.Open!.Value;
        foreach (var word in sentence.Split(' '))
        {
            _size += RowFormat.Write(ref slab.Bytes[_size], sentence[word]);
            if (_size < RowFormat.FrameBytes) continue;
            Finish(sender, socket);
            slab = sender.Open!.Value;
        }
    }

    private void Finish(FrameSender sender, NetMQSocket socket)
    {
        var isSent = sender.Finish(_size);
        while (!isSent)
        {
            socket.Poll(PollEvents.Out, Timeout.InfiniteTimeSpan);
            isSent = sender.TrySend();
        }

        // Slabs come back a little later than there is room.
        while (sender.Open is null) Thread.Yield();
        _size = 0;
    }
}
