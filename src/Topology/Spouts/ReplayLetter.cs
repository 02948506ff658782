namespace Topology;

/// <summary>What is known of a record that was given up; apart from its entry, which is small since nearly every record is acked.</summary>
internal sealed class ReplayLetter(FailReason reason)
{
    /// <summary>The failure that was one too many.</summary>
    internal FailReason Reason { get; } = reason;

    /// <summary>How often the letter itself failed.</summary>
    internal int Failures { get; set; }
}
