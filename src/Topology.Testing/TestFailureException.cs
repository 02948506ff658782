namespace Topology.Testing;

/// <summary>What was tested is not as it should be. Every test framework takes it for a failure, as it does any exception.</summary>
public sealed class TestFailureException : Exception
{
    /// <param name="message">What should have been, and what was.</param>
    public TestFailureException(string message) : base(message)
    {
    }

    /// <inheritdoc cref="TestFailureException(string)"/>
    /// <param name="message">What should have been, and what was.</param>
    /// <param name="inner">What the tested code threw.</param>
    public TestFailureException(string message, Exception? inner) : base(message, inner)
    {
    }
}
