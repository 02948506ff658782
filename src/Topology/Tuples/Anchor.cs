namespace Topology;

/// <summary>
/// The input tuples that an emitted tuple depends on: it joins each of their trees, and the trees complete only after it. Made from a
/// <see cref="TupleView"/>, a <see cref="HeldTuple"/> or several, by conversion.
/// </summary>
public readonly ref struct Anchor
{
    private Anchor(AnchorKind kind, int row, HeldTuple held, ReadOnlySpan<HeldTuple> several)
    {
        Kind = kind;
        Row = row;
        Held = held;
        Several = several;
    }

    /// <summary>No anchor: the tuple is outside every tree, and nobody hears of its loss.</summary>
    public static Anchor None => default;

    internal AnchorKind Kind { get; }

    internal int Row { get; }

    internal HeldTuple Held { get; }

    internal ReadOnlySpan<HeldTuple> Several { get; }

    /// <summary>Anchored to the tuple being executed.</summary>
    public static implicit operator Anchor(TupleView tuple) => new(AnchorKind.Current, tuple.Row, default, default);

    /// <summary>Anchored to a tuple held earlier.</summary>
    public static implicit operator Anchor(HeldTuple tuple) => new(AnchorKind.Held, -1, tuple, default);

    /// <summary>Anchored to several held tuples.</summary>
    public static implicit operator Anchor(ReadOnlySpan<HeldTuple> tuples) => new(AnchorKind.Several, -1, default, tuples);

    /// <summary>Anchored to several held tuples.</summary>
    public static implicit operator Anchor(HeldTuple[] tuples) => (ReadOnlySpan<HeldTuple>)tuples;
}
