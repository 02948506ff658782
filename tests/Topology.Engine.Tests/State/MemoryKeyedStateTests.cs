using System.Runtime.CompilerServices;

namespace Topology.Engine.Tests;

public sealed class MemoryKeyedStateTests
{
    private const int SegmentSize = MemoryKeyedState<int, long>.SegmentSize;

    [Test]
    public void A_new_key_starts_at_default_and_keeps_what_is_written()
    {
        var state = new MemoryKeyedState<string, long>();
        Assert.That(state.For("a"), Is.Zero);
        state.For("a") += 2;
        state.For("b")++;
        Assert.That(state.For("a"), Is.EqualTo(2));
        Assert.That(state.Entries, Is.EquivalentTo(new KeyValuePair<string, long>[] { new("a", 2), new("b", 1) }));
    }

    [Test]
    public void Looking_for_a_key_does_not_add_it()
    {
        var state = new MemoryKeyedState<string, long>();
        Assert.That(state.TryGet("a", out var value), Is.False);
        Assert.That(value, Is.Zero);
        Assert.That(state.Count, Is.Zero);
        state.For("a") = 7;
        Assert.That(state.TryGet("a", out value), Is.True);
        Assert.That(value, Is.EqualTo(7));
    }

    [Test]
    public void A_reference_stays_right_while_other_keys_are_added()
    {
        var state = new MemoryKeyedState<int, long>();
        ref var first = ref state.For(-1);
        for (var key = 0; key < 10 * SegmentSize; key++)
        {
            state.For(key) = key;
            first++;
        }

        Assert.That(state.For(-1), Is.EqualTo(10 * SegmentSize));
        Assert.That(Unsafe.AreSame(ref first, ref state.For(-1)), Is.True);
    }

    [TestCase(0)]
    [TestCase(SegmentSize - 2)]
    [TestCase(SegmentSize - 1)]
    [TestCase(3 * SegmentSize - 1)]
    public void Adding_one_key_into_another_is_right_even_when_the_state_grows_between(int keysBefore)
    {
        var state = new MemoryKeyedState<int, long>();
        for (var key = 0; key < keysBefore; key++) state.For(key) = 1;
        state.For(-1) = 5;
        state.For(-1) += state.For(-2) + 1;
        Assert.That(state.For(-1), Is.EqualTo(6));

        state.For(-3) += Grow(state) + state.For(-1);
        Assert.That(state.For(-3), Is.EqualTo(6 + SegmentSize));

        static long Grow(MemoryKeyedState<int, long> state)
        {
            for (var key = 0; key < SegmentSize; key++) state.For(1_000_000 + key)++;
            return SegmentSize;
        }
    }

    [Test]
    public void A_removed_key_starts_anew()
    {
        var state = new MemoryKeyedState<string, long>();
        state.For("a") = 5;
        Assert.That(state.Remove("a"), Is.True);
        Assert.That(state.Remove("a"), Is.False);
        Assert.That(state.TryGet("a", out _), Is.False);
        Assert.That(state.For("a"), Is.Zero);
    }

    [Test]
    public void Removing_lets_go_of_the_value()
    {
        var state = new MemoryKeyedState<string, object?>();
        state.For("b") = "kept";
        var value = AddAndRemove(state);
        GC.Collect();
        Assert.That(value.TryGetTarget(out _), Is.False);
        Assert.That(state.For("b"), Is.EqualTo("kept"));

        [MethodImpl(MethodImplOptions.NoInlining)]
        static WeakReference<object> AddAndRemove(MemoryKeyedState<string, object?> state)
        {
            var value = new object();
            state.For("a") = value;
            state.Remove("a");
            return new(value);
        }
    }

    [Test]
    public void The_slots_of_removed_keys_are_used_again()
    {
        var state = new MemoryKeyedState<int, long>();
        for (var key = 0; key < SegmentSize; key++) state.For(key) = key;
        ref var slot = ref state.For(500);
        state.Remove(500);
        state.For(-1) = 1;
        Assert.That(Unsafe.AreSame(ref slot, ref state.For(-1)), Is.True);
    }

    [Test]
    public void Text_keys_are_found_by_span()
    {
        var state = new MemoryKeyedState<string, long>();
        state.For("a word".AsSpan(2)) = 3;
        state.For("word")++;
        state.For("".AsSpan())++;
        Assert.That(state.For("word".AsSpan()), Is.EqualTo(4));
        Assert.That(state.For(""), Is.EqualTo(1));
        Assert.That(state.Count, Is.EqualTo(2));
    }

    [Test]
    public void Keys_of_other_types_have_no_span()
    {
        var state = new MemoryKeyedState<Value, long>();
        Assert.That(() => state.ForSpan("word"), Throws.TypeOf<NotSupportedException>().With.Message.Contains("Topology.Value"));
        Assert.That(() => new MemoryKeyedState<object, long>().ForSpan("word"), Throws.TypeOf<NotSupportedException>());
        Assert.That(state.Count, Is.Zero);
    }

    [Test]
    public void Keys_that_are_equal_values_are_one_key()
    {
        var state = new MemoryKeyedState<Value, long>();
        state.For("word")++;
        state.For(Value.Slice("a word", 2..))++;
        state.For(1)++;
        state.For(1UL)++;
        Assert.That(state.Count, Is.EqualTo(2));
        Assert.That(state.For("word"), Is.EqualTo(2));
        Assert.That(state.For(1), Is.EqualTo(2));
    }

    [Test]
    public void A_key_that_is_there_costs_no_allocation()
    {
        var words = new MemoryKeyedState<string, long>();
        var numbers = new MemoryKeyedState<long, long>();
        var values = new MemoryKeyedState<Value, long>();
        var word = Value.Slice("a word", 2..);
        CountAll();
        Assert.That(Allocation.Of(CountAll), Is.Zero);
        Assert.That(words.For("word"), Is.GreaterThanOrEqualTo(2_002));

        void CountAll()
        {
            words.For(word.AsSpan())++;
            words.For("word")++;
            numbers.For(42)++;
            values.For(word) += words.TryGet("word", out var count) ? count : 0;
        }
    }
}
