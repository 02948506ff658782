namespace Topology;

/// <summary>The stream that a bolt with <see cref="ErrorPolicy.DeadLetter"/> has.</summary>
internal static class DeadLetterStream
{
    /// <summary>The bolt, its task, the error's text, the stream that the tuple came on, and the tuple's values as text.</summary>
    public static Fields Fields { get; } = ["component", "task", "error", "stream", "values"];
}
