using FsCheck;
using FsCheck.Fluent;

namespace Topology.Engine.Tests;

public sealed class ShortTextCacheTests
{
    private static readonly Gen<string> Texts =
        from length in Gen.Choose(0, 10)
        from characters in Gen.Frequency((20, Gen.Choose(1, 127)), (1, Gen.Choose(0, 300))).ArrayOf(length)
        select new string([.. characters.Select(c => (char)c)]);

    [Test]
    public void Up_to_8_ASCII_characters_are_packed_as_their_bytes_and_nothing_else_is() =>
        Prop.ForAll(Texts.ToArbitrary(), text =>
        {
            var isShort = text.Length is > 0 and <= 8 && text.All(char.IsAscii) && text[^1] != 0;
            var bytes = text.Take(8).Select((c, i) => (ulong)(byte)c << (8 * i)).Aggregate(0UL, (sum, b) => sum | b);
            return ShortTextCache.Pack(text) == (isShort ? bytes : 0);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2_000));

    [Test]
    public void Different_texts_are_packed_differently() =>
        Prop.ForAll(Texts.ToArbitrary(), Texts.ToArbitrary(), (one, other) =>
            one == other || ShortTextCache.Pack(one) == 0 || ShortTextCache.Pack(one) != ShortTextCache.Pack(other)).Check(Config.QuickThrowOnFailure.WithMaxTest(2_000));

    [Test]
    public void What_it_gives_is_what_was_put_last_and_not_removed_since()
    {
        const int Keys = 5_000;
        var cache = new ShortTextCache();
        var random = new Random(1);
        var slots = new Dictionary<string, int>();
        var found = 0;
        for (var i = 0; i < 100_000; i++)
        {
            var key = $"k{random.Next(Keys)}";
            if (cache.TryGet(key, out var packed, out var slot))
            {
                found++;
                Assert.That(slots.TryGetValue(key, out var expected) && expected == slot, Is.True, key);
            }

            if (random.Next(4) == 0)
            {
                cache.Remove(key);
                slots.Remove(key);
            }
            else
            {
                cache.Put(packed, slots[key] = i, Keys);
            }
        }

        Assert.That(found, Is.GreaterThan(30_000), "A cache in which little is found shows little.");
    }
}
