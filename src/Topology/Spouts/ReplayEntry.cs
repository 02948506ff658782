namespace Topology;

/// <summary>What a <see cref="ReplayingSpout{TRecord}"/> knows of one record that is pending or waits.</summary>
internal struct ReplayEntry<TRecord>
{
    internal TRecord Record;

    /// <summary>Set once the record was given up: it goes to the dead-letter stream.</summary>
    internal ReplayLetter? Letter;

    /// <summary>Changes whenever an answer uses up the message id, so that an id is good for one answer.</summary>
    internal int Generation;

    /// <summary>The entry whose record was read next, or -1; while the entry is free, the next free one, or -1.</summary>
    internal int Next;

    /// <summary>The entry whose record was read before, or -1.</summary>
    internal int Previous;

    /// <summary>How often the record was emitted or tried to be.</summary>
    internal int Attempts;

    /// <summary>Failures that count against <see cref="ReplayPolicy.MaxAttempts"/>.</summary>
    internal int Failures;

    /// <summary>Failures that count against <see cref="ReplayPolicy.MaxTimeouts"/>.</summary>
    internal int Timeouts;
}
