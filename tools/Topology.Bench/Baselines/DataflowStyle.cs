namespace Topology.Bench;

/// <summary>How words get from the split block to the count blocks of a <see cref="DataflowWordCount"/>.</summary>
internal enum DataflowStyle
{
    /// <summary>By links: a TransformManyBlock, linked to each count block with a predicate on the word's hash.</summary>
    Linked,

    /// <summary>By hand: an ActionBlock posts each word to the count block of its hash, and awaits SendAsync where that is full.</summary>
    Posting,
}
