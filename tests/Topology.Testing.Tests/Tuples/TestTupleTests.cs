namespace Topology.Testing.Tests;

public sealed class TestTupleTests
{
    [Test]
    public void It_is_written_as_a_list_of_values()
    {
        TestTuple tuple = ["the", 1];
        Assert.That(tuple.Stream, Is.EqualTo("default"));
        Assert.That(tuple, Is.EqualTo(new Value[] { "the", 1 }));
        Assert.That(tuple is [var word, var count] && word == "the" && count == 1);
    }

    [Test]
    public void Two_are_equal_when_stream_and_values_are()
    {
        TestTuple tuple = ["the", 1];
        Assert.That(tuple, Is.EqualTo(TestTuple.On("default", "the", 1L)));
        Assert.That(tuple.GetHashCode(), Is.EqualTo(TestTuple.On("default", "the", 1L).GetHashCode()));
        Assert.That(tuple.Equals(TestTuple.On("late", "the", 1)), Is.False);
        Assert.That(tuple.Equals(["the"]), Is.False);
        Assert.That(tuple.Equals(["the", 2]), Is.False);
    }

    [Test]
    public void It_shows_its_stream_unless_that_is_the_default_one()
    {
        Assert.That(TestTuple.On("default", "the", 1, Value.Null).ToString(), Is.EqualTo("""["the", 1, null]"""));
        Assert.That(TestTuple.On("late", "the").ToString(), Is.EqualTo("""late ["the"]"""));
    }
}
