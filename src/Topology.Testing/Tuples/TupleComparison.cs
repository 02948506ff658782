using System.Text;

namespace Topology.Testing;

/// <summary>Compares tuples with those expected, and says how they differ.</summary>
internal static class TupleComparison
{
    /// <summary>How many tuples a message lists before it only counts them.</summary>
    private const int Listed = 20;

    /// <param name="expected">What should be there.</param>
    /// <param name="actual">What is.</param>
    /// <param name="inAnyOrder">Whether only how often each occurs counts.</param>
    /// <param name="what">What the tuples are, for the message: <c>emitted</c>.</param>
    public static void Check(ReadOnlySpan<TestTuple> expected, ReadOnlySpan<TestTuple> actual, bool inAnyOrder, string what)
    {
        if (inAnyOrder) CheckCounts(expected, actual, what);
        else CheckOrder(expected, actual, what);
    }

    private static void CheckOrder(ReadOnlySpan<TestTuple> expected, ReadOnlySpan<TestTuple> actual, string what)
    {
        var same = 0;
        while (same < expected.Length && same < actual.Length && expected[same].Equals(actual[same])) same++;
        if (same == expected.Length && same == actual.Length) return;
        var message = new StringBuilder($"The tuples {what} differ from those expected at index {same}: expected ")
            .Append(same < expected.Length ? expected[same] : "no more")
            .Append(", but there ")
            .Append(same < actual.Length ? $"was {actual[same]}." : "were no more.")
            .AppendLine();
        Append(message, "expected", expected);
        Append(message, what, actual);
        throw new TestFailureException(message.ToString().TrimEnd());
    }

    private static void CheckCounts(ReadOnlySpan<TestTuple> expected, ReadOnlySpan<TestTuple> actual, string what)
    {
        var missing = new List<TestTuple>();
        var left = actual.ToArray().ToList();
        foreach (var tuple in expected)
        {
            if (!left.Remove(tuple)) missing.Add(tuple);
        }

        if (missing.Count == 0 && left.Count == 0) return;
        var message = new StringBuilder($"The tuples {what} are not those expected.").AppendLine();
        Append(message, "missing", [.. missing]);
        Append(message, "not expected", [.. left]);
        throw new TestFailureException(message.ToString().TrimEnd());
    }

    private static void Append(StringBuilder text, string title, ReadOnlySpan<TestTuple> tuples)
    {
        text.AppendLine($"  {title}: {(tuples.IsEmpty ? "none" : tuples.Length)}");
        foreach (var tuple in tuples[..Math.Min(Listed, tuples.Length)]) text.AppendLine($"    {tuple}");
        if (tuples.Length > Listed) text.AppendLine($"    and {tuples.Length - Listed} more");
    }
}
