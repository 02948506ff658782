using System.Buffers.Binary;
using System.Numerics;

namespace Topology.Tests;

/// <summary>The expected hashes are those of <c>XXH3_64bits_withSeed</c> of the C library of xxHash, version 0.8.1, for the same bytes.</summary>
public sealed class Xxh3Tests
{
    private const ulong Seed = 0x9E37_79B9_7F4A_7C15;

    private static readonly byte[] Data = MakeData();

    [TestCase(0, 0x2d06800538d394c2ul, 0x602b0e2cd6662c8bul)]
    [TestCase(1, 0xdd02fbe6d2c66464ul, 0x02c81ac06ca6090eul)]
    [TestCase(2, 0x425abbf69c907587ul, 0xd9198b9ab9504d10ul)]
    [TestCase(3, 0x9ca83814f1492a1eul, 0x1a6eb8160e4c2b82ul)]
    [TestCase(4, 0x60d3d884e26757dcul, 0x8aa89d090673787dul)]
    [TestCase(5, 0x6d97ae614c478765ul, 0x685bf5080c0475c5ul)]
    [TestCase(7, 0x9fcbee5305301812ul, 0x182969ff6b1c3404ul)]
    [TestCase(8, 0xdff82c39df3fbe0dul, 0xa7decd74d815f2dbul)]
    [TestCase(9, 0x28e9ae86a24b26d2ul, 0x1816f1883da25432ul)]
    [TestCase(12, 0xce5ab31f9723cd06ul, 0xe49d14097fd14e1aul)]
    [TestCase(15, 0x142b3c56a4dc8dc7ul, 0x25d402c3d6a2d278ul)]
    [TestCase(16, 0xac1d739d55e21e2bul, 0x3b1a1059a09a451bul)]
    [TestCase(17, 0x2f3499fe7849da47ul, 0x79ff10e913917361ul)]
    [TestCase(31, 0xd78aa74aefda6c22ul, 0x6bcec7dbf0ec412bul)]
    [TestCase(32, 0x590347d3fdb4f420ul, 0xfc19ce2f03b8c975ul)]
    [TestCase(33, 0x0696eec5dd61060eul, 0x49f079c01dc3e58dul)]
    [TestCase(64, 0x2c00d6645aa3c4f7ul, 0x92a73aec86498a39ul)]
    [TestCase(65, 0xe451dad6ae183efful, 0x80bea845e744acc9ul)]
    [TestCase(96, 0x8af04704833d64beul, 0x5b308a97a6a87b53ul)]
    [TestCase(97, 0xb6b4d5115a119a31ul, 0xe6e88400b1b73c8eul)]
    [TestCase(127, 0x652f8d99e588d2ebul, 0xf06c704643629104ul)]
    [TestCase(128, 0xcd6950f3c9455880ul, 0x72b906a0a734288cul)]
    [TestCase(129, 0x8e09268f8ecd8d51ul, 0xc799a0f06e9d9ab7ul)]
    [TestCase(144, 0x7f915cb9d68e40ccul, 0xa0dd611bfdee6959ul)]
    [TestCase(145, 0x91e8052ac31e0f27ul, 0xdb447c895ce03ad4ul)]
    [TestCase(200, 0x182f3aee15d66167ul, 0x186ecbe2dbb77692ul)]
    [TestCase(239, 0x0e16aa34ec982f87ul, 0x9d1906d49eb5e2f3ul)]
    [TestCase(240, 0xb7b2cf0586e3437bul, 0x82511072f7abaa94ul)]
    [TestCase(241, 0xd1d41359603e6e53ul, 0xacb776bd46580b35ul)]
    [TestCase(256, 0x8f97695ab86dcceaul, 0xc7b3bafd9f640b74ul)]
    [TestCase(257, 0xb0916aa590322a39ul, 0xccb772ea905b7c36ul)]
    [TestCase(512, 0x3ed7e9fda58a3873ul, 0x858af9709644f120ul)]
    [TestCase(1023, 0x0f2c1a1996db3166ul, 0xdb5982a07e61d506ul)]
    [TestCase(1024, 0xc91658d706449db0ul, 0x7826aa0e62d281b1ul)]
    [TestCase(1025, 0x1d1628fc4e6cba7eul, 0x6cf9fa942728d31aul)]
    [TestCase(1088, 0x5fe933841f069938ul, 0xdde533119836dd29ul)]
    [TestCase(1089, 0x91cb41f2cff1bbaful, 0x41a0a718f017ea3bul)]
    [TestCase(2048, 0xbdaee7eba7c2aa5eul, 0x8d66d94957c7c58cul)]
    [TestCase(2049, 0x6b84e4a56a80a369ul, 0x2d0ff36b8deda448ul)]
    [TestCase(8192, 0x8f01eb2040ea4b4ful, 0xc98bf031d6759286ul)]
    public void The_hash_of_every_class_of_lengths_is_that_of_the_reference(int length, ulong unseeded, ulong seeded)
    {
        Assert.Multiple(() =>
        {
            Assert.That(Xxh3.Of(Data.AsSpan(0, length), 0), Is.EqualTo(unseeded));
            Assert.That(Xxh3.Of(Data.AsSpan(0, length), Seed), Is.EqualTo(seeded));
        });
    }

    /// <summary>The hashes of 0 to 2,100 bytes in turn, each combined with what came before, turned left by one bit.</summary>
    [TestCase(0x0000000000000000ul, 0x54dab9d3b1c1b126ul)]
    [TestCase(0x0000000000000001ul, 0xbecadff4a592443eul)]
    [TestCase(0x9e3779b97f4a7c15ul, 0xd281cf2d90e726d0ul)]
    [TestCase(0xfffffffffffffffful, 0x5fcbbbc7c5310659ul)]
    public void No_length_up_to_two_blocks_and_more_differs_from_the_reference(ulong seed, ulong expected)
    {
        var all = 0ul;
        for (var length = 0; length <= 2_100; length++) all = BitOperations.RotateLeft(all, 1) ^ Xxh3.Of(Data.AsSpan(0, length), seed);
        Assert.That(all, Is.EqualTo(expected));
    }

    [Test]
    public void Numbers_hash_as_their_bytes()
    {
        var first = BinaryPrimitives.ReadUInt64LittleEndian(Data);
        var second = BinaryPrimitives.ReadUInt64LittleEndian(Data.AsSpan(8));
        Assert.Multiple(() =>
        {
            Assert.That(Xxh3.OfNothing(Seed), Is.EqualTo(Xxh3.Of([], Seed)));
            Assert.That(Xxh3.OfByte(Data[0], Seed), Is.EqualTo(Xxh3.Of(Data.AsSpan(0, 1), Seed)));
            Assert.That(Xxh3.OfWord(first, Seed), Is.EqualTo(Xxh3.Of(Data.AsSpan(0, 8), Seed)));
            Assert.That(Xxh3.OfWords(first, second, Seed), Is.EqualTo(Xxh3.Of(Data.AsSpan(0, 16), Seed)));
        });
    }

    [Test]
    public void Only_the_bytes_given_count()
    {
        // The reads overlap; none may reach beyond either end.
        for (var length = 0; length <= 300; length++)
        {
            var between = new byte[length + 32];
            between.AsSpan().Fill(0xEE);
            Data.AsSpan(0, length).CopyTo(between.AsSpan(16));
            Assert.That(Xxh3.Of(between.AsSpan(16, length), Seed), Is.EqualTo(Xxh3.Of(Data.AsSpan(0, length), Seed)), $"{length} bytes");
        }
    }

    // The upper bytes of a linear congruential generator (Numerical Recipes, 1,664,525 and 1,013,904,223) that starts from 2,654,435,761.
    private static byte[] MakeData()
    {
        var data = new byte[8_192];
        var state = 2_654_435_761u;
        for (var i = 0; i < data.Length; i++)
        {
            data[i] = (byte)(state >> 24);
            state = (state * 1_664_525) + 1_013_904_223;
        }

        return data;
    }
}
