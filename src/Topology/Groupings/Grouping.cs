using System.Collections.Immutable;

namespace Topology;

/// <summary>How the tuples of a stream are dealt to a bolt's tasks: what the user chose. The engine has one small class for each.</summary>
public abstract record Grouping
{
    private Grouping()
    {
    }

    /// <summary>The names of the fields whose values choose the task; none for most groupings.</summary>
    internal virtual ImmutableArray<string> Keys => [];

    /// <summary>The grouping's name as people write it: <c>shuffle</c>, <c>fields(word)</c>.</summary>
    public abstract override string ToString();

    // An immutable array is equal by reference alone; two groupings are equal when they mean the same.
    private static int HashOf(ImmutableArray<string> names)
    {
        var hash = new HashCode();
        foreach (var name in names) hash.Add(name, StringComparer.Ordinal);
        return hash.ToHashCode();
    }

    /// <summary>In turns, to tasks that have room.</summary>
    public sealed record Shuffle : Grouping
    {
        /// <inheritdoc/>
        public override string ToString() => "shuffle";
    }

    /// <summary>Equal values of the named fields go to the same task.</summary>
    public sealed record ByFields(ImmutableArray<string> Names) : Grouping
    {
        internal override ImmutableArray<string> Keys => Names;

        /// <inheritdoc/>
        public override string ToString() => $"fields({string.Join(", ", Names)})";

        /// <summary>Equal when the fields are the same, in the same order.</summary>
        public bool Equals(ByFields? other) => other is not null && Names.AsSpan().SequenceEqual(other.Names.AsSpan());

        /// <inheritdoc/>
        public override int GetHashCode() => HashOf(Names);
    }

    /// <summary>Each key goes to one of two tasks, the one that this emitter has sent less to.</summary>
    public sealed record PartialKey(ImmutableArray<string> Names) : Grouping
    {
        internal override ImmutableArray<string> Keys => Names;

        /// <inheritdoc/>
        public override string ToString() => $"partial-key({string.Join(", ", Names)})";

        /// <summary>Equal when the fields are the same, in the same order.</summary>
        public bool Equals(PartialKey? other) => other is not null && Names.AsSpan().SequenceEqual(other.Names.AsSpan());

        /// <inheritdoc/>
        public override int GetHashCode() => HashOf(Names);
    }

    /// <summary>To every task.</summary>
    public sealed record All : Grouping
    {
        /// <inheritdoc/>
        public override string ToString() => "all";
    }

    /// <summary>To the task of the lowest id.</summary>
    public sealed record Global : Grouping
    {
        /// <inheritdoc/>
        public override string ToString() => "global";
    }

    /// <summary>The user does not care: a random task.</summary>
    public sealed record None : Grouping
    {
        /// <inheritdoc/>
        public override string ToString() => "none";
    }

    /// <summary>The emitter chooses, with <c>EmitDirect</c>.</summary>
    public sealed record Direct : Grouping
    {
        /// <inheritdoc/>
        public override string ToString() => "direct";
    }

    /// <summary>As shuffle, among the tasks of the emitter's own worker where there are any.</summary>
    public sealed record LocalOrShuffle : Grouping
    {
        /// <inheritdoc/>
        public override string ToString() => "local-or-shuffle";
    }

    /// <summary>By the user's own code; one instance per emitting task.</summary>
    public sealed record Custom(Func<ICustomGrouping> Factory) : Grouping
    {
        /// <inheritdoc/>
        public override string ToString() => "custom";
    }
}
