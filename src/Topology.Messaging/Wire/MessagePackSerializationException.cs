namespace Topology.Messaging;

/// <summary>The bytes are not the MessagePack that their reader asked for. The only exception that a <see cref="MessagePackReader"/> throws over what it reads.</summary>
public sealed class MessagePackSerializationException : Exception
{
    /// <summary>An exception without a message of its own.</summary>
    public MessagePackSerializationException()
    {
    }

    /// <summary>An exception that says what is wrong.</summary>
    public MessagePackSerializationException(string message)
        : base(message)
    {
    }

    /// <summary>An exception that says what is wrong, and what it came from.</summary>
    public MessagePackSerializationException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
