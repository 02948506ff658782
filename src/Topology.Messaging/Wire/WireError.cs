namespace Topology.Messaging;

/// <summary>Why bytes that came in were refused.</summary>
internal enum WireError : byte
{
    /// <summary>They were not.</summary>
    None,

    /// <summary>They end within a value, or a length or count says more than there is.</summary>
    Truncated,

    /// <summary>The byte 0xC1.</summary>
    NeverUsedCode,

    /// <summary>More follows where a value, a section or the frame should end.</summary>
    TrailingBytes,

    /// <summary>A value of another type than must stand there.</summary>
    UnexpectedType,

    /// <summary>Arrays and maps nest deeper than <see cref="MessagePackReader.MaxDepth"/>.</summary>
    TooDeep,

    /// <summary>It does not begin as a frame does.</summary>
    NotAFrame,

    /// <summary>A frame of another format version.</summary>
    UnknownVersion,

    /// <summary>A field of a section is out of its range.</summary>
    InvalidSection,

    /// <summary>Rows, addresses, ids and further pairs of a batch do not fit together.</summary>
    InvalidBatch,

    /// <summary>A source, task or receiver that the plan does not have, or a row of another arity than its stream.</summary>
    NotInPlan,

    /// <summary>An extension type that no value has, or one with the wrong content.</summary>
    InvalidExtension,

    /// <summary>A value above the limit.</summary>
    ValueTooLarge,

    /// <summary>More batches than a frame may have.</summary>
    TooManyBatches,
}
