using System.Numerics;

namespace Topology.Messaging;

/// <summary>A set of small numbers that any thread adds to and one thread takes from: who has something to do.</summary>
internal sealed class ReadyBits(int capacity)
{
    private readonly ulong[] _words = new ulong[(capacity + 63) / 64];

    public bool IsEmpty
    {
        get
        {
            for (var i = 0; i < _words.Length; i++)
                if (Volatile.Read(ref _words[i]) != 0) return false;
            return true;
        }
    }

    public int Words => _words.Length;

    /// <summary>
    /// Adds a number, with a full fence even where it was in the set already: what was published before is then seen by whoever takes it out.
    /// </summary>
    public void Set(int index) => Interlocked.Or(ref _words[index >> 6], 1UL << index);

    /// <summary>Takes all numbers of one word out of the set.</summary>
    public ulong TakeWord(int word) => Volatile.Read(ref _words[word]) == 0 ? 0 : Interlocked.Exchange(ref _words[word], 0);

    /// <summary>Takes the lowest number out of a word's bits.</summary>
    public static int TakeLowest(ref ulong bits, int word)
    {
        var bit = BitOperations.TrailingZeroCount(bits);
        bits &= bits - 1;
        return (word << 6) + bit;
    }
}
