using FsCheck;
using FsCheck.Fluent;

namespace Topology.Messaging.Tests;

public sealed class ReadyBitsTests
{
    [Test]
    public void What_was_set_is_taken_once_in_ascending_order() =>
        Prop.ForAll(Gen.Choose(0, 199).ListOf().ToArbitrary(), numbers =>
        {
            var bits = new ReadyBits(200);
            if (!bits.IsEmpty) return false;
            foreach (var number in numbers) bits.Set(number);
            return bits.IsEmpty == (numbers.Count == 0) && TakeAll(bits).SequenceEqual(numbers.Distinct().Order()) && bits.IsEmpty;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    [TestCase(1, 1)]
    [TestCase(64, 1)]
    [TestCase(65, 2)]
    public void There_is_a_word_for_every_64_numbers(int capacity, int words) => Assert.That(new ReadyBits(capacity).Words, Is.EqualTo(words));

    /// <summary>Whoever takes a number out sees all that was published before it was set; and what is published after, is set again.</summary>
    [Test]
    public void Between_two_threads_no_wake_up_is_lost()
    {
        const int Numbers = 70;
        const int Rounds = 300_000;
        var bits = new ReadyBits(Numbers);
        var published = new int[Numbers];
        var isDone = false;
        TwoThreads.Run(
            () =>
            {
                for (var i = 0; i < Rounds; i++)
                {
                    // A plain write: it is the setting of the bit that has to publish it.
                    published[i % Numbers]++;
                    bits.Set(i % Numbers);
                }

                Volatile.Write(ref isDone, true);
            },
            () =>
            {
                var seen = new int[Numbers];
                for (var last = false; !last;)
                {
                    last = Volatile.Read(ref isDone);
                    foreach (var number in TakeAll(bits)) seen[number] = published[number];
                }

                Assert.That(seen.Sum(), Is.EqualTo(Rounds));
            });
        Assert.That(bits.IsEmpty, Is.True);
    }

    private static List<int> TakeAll(ReadyBits bits)
    {
        var taken = new List<int>();
        for (var word = 0; word < bits.Words; word++)
        {
            var left = bits.TakeWord(word);
            while (left != 0) taken.Add(ReadyBits.TakeLowest(ref left, word));
        }

        return taken;
    }
}
