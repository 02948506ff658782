using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Unicode;

namespace Topology.Messaging;

/// <summary>Text as MessagePack: UTF-8, or UTF-16 in an extension where it is not Unicode, so that every string arrives as it was.</summary>
internal static class TextFormat
{
    private static readonly string[] Letters = [.. Enumerable.Range(0, 128).Select(letter => ((char)letter).ToString())];

    /// <summary>The bytes that writing a text of so many UTF-16 code units may touch.</summary>
    public static long RoomFor(int chars) => MessagePackHeads.Room + (3L * chars);

    /// <summary>Writes a text and returns its size in bytes; needs <see cref="RoomFor"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Write(ref byte target, ReadOnlySpan<char> text)
    {
        if (text.Length > ShortAscii.Longest || !ShortAscii.TryNarrow(ref MemoryMarshal.GetReference(text), ref Unsafe.Add(ref target, 1), text.Length))
            return WriteAny(MemoryMarshal.CreateSpan(ref target, (int)RoomFor(text.Length)), text);
        target = (byte)(MessagePackCode.MinFixStr | text.Length);
        return 1 + text.Length;
    }

    /// <summary>Reads a text of up to <see cref="ShortAscii.Longest"/> bytes of UTF-8.</summary>
    /// <remarks>
    /// Each text is a string of its own. A cache of the texts that came last was tried: a fifth of the garbage collections where words come again, but 5 to 20 % slower
    /// to read them, and slower for those that do not.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static string ReadShort(ref byte source, int length)
    {
        if ((uint)(length - 2) <= ShortAscii.LongestKey - 2)
        {
            var key = ShortTextKey.Of(ref source, length);
            if (key.IsAscii) return Make(key, length);
        }

        return ReadLonger(ref source, length);
    }

    /// <summary>Reads UTF-8; bytes that are none become U+FFFD.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static string Read(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length == 1 && utf8[0] < Letters.Length) return Letters[utf8[0]];
        return Ascii.IsValid(utf8) ? Encoding.Latin1.GetString(utf8) : Encoding.UTF8.GetString(utf8);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static string Make(ShortTextKey key, int length)
    {
        // What string.Create does, without its call of a delegate: the string is written before anybody else can see it.
        var text = new string('\0', length);
        ShortAscii.Widen(key, ref MemoryMarshal.GetReference(text.AsSpan()), length);
        return text;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static string ReadLonger(ref byte source, int length)
    {
        const int Half = ShortAscii.LongestKey;
        if (length <= Half) return Read(MemoryMarshal.CreateReadOnlySpan(ref source, length));
        var first = ShortTextKey.Of(ref source, Half);
        var last = ShortTextKey.Of(ref Unsafe.Add(ref source, length - Half), Half);
        if (!first.IsAscii || !last.IsAscii) return Read(MemoryMarshal.CreateReadOnlySpan(ref source, length));
        var text = new string('\0', length);
        ref var chars = ref MemoryMarshal.GetReference(text.AsSpan());
        ShortAscii.Widen(first, ref chars, Half);
        ShortAscii.Widen(last, ref Unsafe.Add(ref chars, length - Half), Half);
        return text;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int WriteAny(Span<byte> target, ReadOnlySpan<char> text)
    {
        // The head is as long as it is for ASCII, until the text turns out to be something else.
        var head = HeadSize(text.Length);
        var status = Ascii.FromUtf16(text, target[head..], out var size);
        if (status != OperationStatus.Done)
        {
            status = Utf8.FromUtf16(text[size..], target[(head + size)..], out _, out var further, replaceInvalidSequences: false);
            if (status != OperationStatus.Done) return WriteUtf16(target, text);
            size += further;
            target.Slice(head, size).CopyTo(target[HeadSize(size)..]);
        }

        return MessagePackHeads.WriteString(target, (uint)size) + size;
    }

    private static int WriteUtf16(Span<byte> target, ReadOnlySpan<char> text)
    {
        var bytes = MemoryMarshal.AsBytes(text);
        var head = MessagePackHeads.WriteExtension(target, ValueExtension.Utf16Text, (uint)bytes.Length);
        bytes.CopyTo(target[head..]);
        return head + bytes.Length;
    }

    private static int HeadSize(int length) => length switch
    {
        <= MessagePackCode.MaxFixStrLength => 1,
        <= byte.MaxValue => 2,
        <= ushort.MaxValue => 3,
        _ => 5,
    };
}
