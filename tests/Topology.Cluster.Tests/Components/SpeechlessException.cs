namespace Topology.Cluster.Tests;

/// <summary>An exception that throws when it is asked for its message.</summary>
internal sealed class SpeechlessException : Exception
{
    public override string Message => throw new InvalidOperationException("no message");
}
