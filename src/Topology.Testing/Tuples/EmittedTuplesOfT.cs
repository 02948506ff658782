using System.Collections;

namespace Topology.Testing;

/// <summary>
/// Tuples in the order in which they were emitted. To be compared with what was expected, by <see cref="ShouldBe"/> or any framework's means, or matched:
/// <c>split.Emitted is [[var first], [var second]]</c>.
/// </summary>
/// <typeparam name="TTuple">What is known of each.</typeparam>
public sealed class EmittedTuples<TTuple> : IReadOnlyList<TTuple>
    where TTuple : EmittedTuple
{
    private readonly IReadOnlyList<TTuple> _tuples;

    internal EmittedTuples(IReadOnlyList<TTuple> tuples) => _tuples = tuples;

    /// <summary>How many there are.</summary>
    public int Count => _tuples.Count;

    /// <summary>The tuple at an index from 0.</summary>
    public TTuple this[int index] => _tuples[index];

    /// <summary>Those on one stream.</summary>
    public EmittedTuples<TTuple> On(string stream) => new([.. _tuples.Where(t => t.Stream == stream)]);

    /// <summary>Checks that these are exactly the tuples expected, in this order.</summary>
    /// <exception cref="TestFailureException">They are not; the message shows both.</exception>
    public void ShouldBe(params ReadOnlySpan<TestTuple> expected) => TupleComparison.Check(expected, [.. _tuples], inAnyOrder: false, "emitted");

    /// <summary>Checks that these are exactly the tuples expected, each as often, in any order.</summary>
    /// <exception cref="TestFailureException">They are not; the message shows what is missing and what is too much.</exception>
    public void ShouldBeInAnyOrder(params ReadOnlySpan<TestTuple> expected) => TupleComparison.Check(expected, [.. _tuples], inAnyOrder: true, "emitted");

    /// <inheritdoc/>
    public IEnumerator<TTuple> GetEnumerator() => _tuples.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>The tuples, one a line.</summary>
    public override string ToString() => string.Join(Environment.NewLine, _tuples);
}
