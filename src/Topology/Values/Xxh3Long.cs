using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Topology;

/// <summary>
/// The formula of <see cref="Xxh3"/> for more than 240 bytes: stripes of 64 bytes are added to eight sums side by side, which are scrambled after every
/// block of 1,024 bytes.
/// </summary>
internal static class Xxh3Long
{
    private const int Sums = 8;
    private const int SecretBytes = 192;
    private const uint StripeBytes = 64;

    // Each stripe of a block takes the secret from eight bytes further on.
    private const uint StripesOfBlock = (SecretBytes - StripeBytes) / 8;
    private const uint BlockBytes = StripesOfBlock * StripeBytes;

    /// <summary>The hash of more than 240 bytes.</summary>
    /// <param name="data">The first of them.</param>
    /// <param name="length">How many there are.</param>
    /// <param name="seed">The seed.</param>
    public static ulong Of(ref byte data, uint length, ulong seed)
    {
        Span<byte> secretBytes = stackalloc byte[SecretBytes];
        DeriveSecret(secretBytes, seed);
        ref var secret = ref MemoryMarshal.GetReference(secretBytes);
        Span<ulong> sums =
        [
            Xxh3.Prime32C, Xxh3.Prime64A, Xxh3.Prime64B, Xxh3.Prime64C,
            Xxh3.Prime64D, Xxh3.Prime32B, Xxh3.Prime64E, Xxh3.Prime32A,
        ];

        // The last block is not scrambled even where it is whole, and its last stripe is the last 64 bytes, which may overlap the one before.
        nuint done = 0;
        for (; length - done > BlockBytes; done += BlockBytes)
        {
            AddStripes(sums, ref Unsafe.Add(ref data, done), StripesOfBlock, ref secret);
            Scramble(sums, ref Unsafe.Add(ref secret, SecretBytes - StripeBytes));
        }

        AddStripes(sums, ref Unsafe.Add(ref data, done), (length - done - 1) / StripeBytes, ref secret);
        AddStripe(sums, ref Unsafe.Add(ref data, length - StripeBytes), ref Unsafe.Add(ref secret, SecretBytes - StripeBytes - 7));
        return Merge(sums, length * Xxh3.Prime64A, ref Unsafe.Add(ref secret, 11));
    }

    private static void DeriveSecret(Span<byte> secret, ulong seed)
    {
        Xxh3.Secret.CopyTo(secret);
        var words = MemoryMarshal.Cast<byte, ulong>(secret);
        for (var i = 0; i + 1 < words.Length; i += 2)
        {
            words[i] += seed;
            words[i + 1] -= seed;
        }
    }

    private static void AddStripes(Span<ulong> sums, ref byte data, nuint stripes, ref byte secret)
    {
        for (nuint n = 0; n < stripes; n++) AddStripe(sums, ref Unsafe.Add(ref data, n * StripeBytes), ref Unsafe.Add(ref secret, n * 8));
    }

    // Each word is multiplied into its own sum and added to its neighbour's.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddStripe(Span<ulong> sums, ref byte data, ref byte secret)
    {
        ref var sum = ref MemoryMarshal.GetReference(sums);
        for (nuint i = 0; i < Sums; i += 2)
        {
            var even = Xxh3.Word(ref data, i * 8);
            var odd = Xxh3.Word(ref data, (i + 1) * 8);
            Unsafe.Add(ref sum, i) += odd + MultiplyHalves(even ^ Xxh3.Word(ref secret, i * 8));
            Unsafe.Add(ref sum, i + 1) += even + MultiplyHalves(odd ^ Xxh3.Word(ref secret, (i + 1) * 8));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong MultiplyHalves(ulong value) => (uint)value * (value >> 32);

    private static void Scramble(Span<ulong> sums, ref byte secret)
    {
        for (var i = 0; i < sums.Length; i++)
            sums[i] = (sums[i] ^ (sums[i] >> 47) ^ Xxh3.Word(ref secret, (uint)i * 8)) * Xxh3.Prime32A;
    }

    private static ulong Merge(Span<ulong> sums, ulong start, ref byte secret)
    {
        var result = start;
        for (var i = 0; i + 1 < sums.Length; i += 2)
        {
            result += Xxh3.MultiplyAndFold(
                sums[i] ^ Xxh3.Word(ref secret, (uint)i * 8),
                sums[i + 1] ^ Xxh3.Word(ref secret, (uint)(i + 1) * 8));
        }

        return Xxh3.Avalanche(result);
    }
}
