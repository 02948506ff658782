namespace Topology;

/// <summary>The root of the exceptions that this product throws. Its message says what was wrong, where, and what to do next.</summary>
public class TopologyException : Exception
{
    /// <inheritdoc/>
    public TopologyException(string message) : base(message)
    {
    }

    /// <inheritdoc/>
    public TopologyException(string message, Exception? inner) : base(message, inner)
    {
    }
}

/// <summary>A topology that cannot run; carries every error that <c>Build</c> found.</summary>
public sealed class InvalidTopologyException(IReadOnlyList<string> errors)
    : TopologyException(errors.Count == 1 ? errors[0] : $"{errors.Count} errors:{Environment.NewLine}{string.Join(Environment.NewLine, errors.Select(e => "  " + e))}")
{
    /// <summary>Every error, one line each.</summary>
    public IReadOnlyList<string> Errors { get; } = errors;
}

/// <summary>A setting that is missing or cannot be read.</summary>
public sealed class SettingException(string message) : TopologyException(message);

/// <summary>An emit that was refused; nothing was emitted.</summary>
public sealed class EmitException(string message) : TopologyException(message);

/// <summary>A second answer for one tuple; nothing was changed.</summary>
public sealed class AnswerException(string message) : TopologyException(message);

/// <summary>Thrown by a bolt to fail the tuple in hand, without a report as an error.</summary>
public sealed class FailTupleException : TopologyException
{
    /// <param name="message">What the spout is told.</param>
    public FailTupleException(string message) : base(message)
    {
    }

    /// <param name="message">What the spout is told.</param>
    /// <param name="inner">What caused it.</param>
    public FailTupleException(string message, Exception? inner) : base(message, inner)
    {
    }
}
