using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Topology.Messaging;

/// <summary>
/// The short ASCII texts that came in lately, so that a word that comes again and again is one string. Of a set size: a text takes the place of another.
/// Where few texts come again it stands aside and looks only now and then whether that has changed. Not thread-safe: one for each decoder.
/// </summary>
internal sealed class TextCache
{
    private const int SizeBits = 11;

    // Of so many look-ups a quarter must hit, else the next so many texts are made without a look.
    private const int Trial = 1024;
    private const int Aside = 31 * Trial;

    private readonly Entry[] _entries = new Entry[1 << SizeBits];
    private int _looksLeft = Trial;
    private int _hits;
    private int _aside;

    /// <summary>The text of a key that is ASCII.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public string TextOf(ShortTextKey key, int length)
    {
        if (_aside > 0)
        {
            _aside--;
            return Make(key, length);
        }

        var hash = (key.First ^ (key.Last * 0x9E3779B97F4A7C15) ^ (uint)length) * 0xD6E8FEB86659FD93;
        ref var entry = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_entries), (nint)(hash >> (64 - SizeBits)));
        if (--_looksLeft == 0) Judge();
        if (entry.Key == key && entry.Text is { } text && text.Length == length)
        {
            _hits++;
            return text;
        }

        return Replace(ref entry, key, length);
    }

    private static string Replace(ref Entry entry, ShortTextKey key, int length)
    {
        var text = Make(key, length);
        entry.Key = key;
        entry.Text = text;
        return text;
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
    private void Judge()
    {
        if (_hits < Trial / 4) _aside = Aside;
        _looksLeft = Trial;
        _hits = 0;
    }

    private struct Entry
    {
        public ShortTextKey Key;
        public string? Text;
    }
}
