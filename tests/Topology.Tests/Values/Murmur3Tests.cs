using System.Buffers.Binary;
using System.Text;

namespace Topology.Tests;

public sealed class Murmur3Tests
{
    // Published with Guava's hashing library, whose strings are of one byte a character.
    [TestCase("", 0u, 0x0000000000000000ul, 0x0000000000000000ul)]
    [TestCase("hell", 0u, 0x629942693e10f867ul, 0x92db0b82baeb5347ul)]
    [TestCase("hello", 1u, 0xa78ddff5adae8d10ul, 0x128900ef20900135ul)]
    [TestCase("hello ", 2u, 0x8a486b23f422e826ul, 0xf962a2c58947765ful)]
    [TestCase("hello w", 3u, 0x2ea59f466f6bed8cul, 0xc610990acc428a17ul)]
    [TestCase("hello wo", 4u, 0x79f6305a386c572cul, 0x46305aed3483b94eul)]
    [TestCase("hello wor", 5u, 0xc2219d213ec1f1b5ul, 0xa1d8e2e0a52785bdul)]
    [TestCase("The quick brown fox jumps over the lazy dog", 0u, 0xe34bbc7bbc071b6cul, 0x7a433ca9c49a9347ul)]
    [TestCase("The quick brown fox jumps over the lazy cog", 0u, 0x658ca970ff85269aul, 0x43fee3eaa68e5c3eul)]
    public void The_published_vectors_come_out(string text, uint seed, ulong low, ulong high)
    {
        var hash = Murmur3.Of(Encoding.ASCII.GetBytes(text), seed);
        Assert.That((hash.Low, hash.High), Is.EqualTo((low, high)));
    }

    /// <summary>
    /// SMHasher's own check of an implementation: the hash of the hashes of 0, 0 1, 0 1 2 … up to 255 bytes, each with the seed 256 less the length.
    /// </summary>
    [Test]
    public void The_verification_code_of_SMHasher_comes_out()
    {
        var key = new byte[256];
        var hashes = new byte[256 * 16];
        for (var length = 0; length < 256; length++)
        {
            key[length] = (byte)length;
            Write(Murmur3.Of(key.AsSpan(0, length), (uint)(256 - length)), hashes.AsSpan(16 * length));
        }

        Assert.That((uint)Murmur3.Of(hashes, 0).Low, Is.EqualTo(0x6384BA69u));
    }

    [Test]
    public void Up_to_eight_bytes_hash_alike_as_a_number_and_as_bytes()
    {
        var bytes = new byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, 0xF1E2D3C4B5A69788);
        for (var length = 0; length <= 8; length++)
        {
            var number = length == 8 ? 0xF1E2D3C4B5A69788 : 0xF1E2D3C4B5A69788 & ((1ul << (8 * length)) - 1);
            Assert.That(Murmur3.LowOf(number, (uint)length, 7), Is.EqualTo(Murmur3.Of(bytes.AsSpan(0, length), 7).Low), $"{length} bytes");
        }
    }

    private static void Write(Murmur3 hash, Span<byte> to)
    {
        BinaryPrimitives.WriteUInt64LittleEndian(to, hash.Low);
        BinaryPrimitives.WriteUInt64LittleEndian(to[8..], hash.High);
    }
}
