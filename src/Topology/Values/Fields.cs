using System.Collections;
using System.Runtime.CompilerServices;

namespace Topology;

/// <summary>
/// The names of a stream's fields, in order: <c>Fields Output => ["word", "count"];</c>. Names are compared by ordinal;
/// <c>Build</c> reports empty and repeated names.
/// </summary>
[CollectionBuilder(typeof(Fields), nameof(Create))]
public sealed class Fields : IReadOnlyList<string>, IEquatable<Fields>
{
    private readonly string[] _names;

    private Fields(string[] names) => _names = names;

    /// <summary>No fields: the output of a bolt that emits nothing.</summary>
    public static Fields None { get; } = new([]);

    /// <summary>How many fields there are.</summary>
    public int Count => _names.Length;

    /// <summary>The name of the field at an index from 0.</summary>
    public string this[int index] => _names[index];

    /// <summary>Fields of these names; what a collection expression calls.</summary>
    public static Fields Create(ReadOnlySpan<string> names) => names.IsEmpty ? None : new(names.ToArray());

    /// <summary>The index of a field, or -1 where there is none of that name.</summary>
    public int IndexOf(string name) => Array.IndexOf(_names, name);

    /// <summary>The index of a field.</summary>
    /// <exception cref="ArgumentException">There is none of that name; the message lists the names there are.</exception>
    public int RequiredIndexOf(string name)
    {
        var index = IndexOf(name);
        return index >= 0 ? index : throw new ArgumentException($"No field '{name}' here; the fields are {this}.", nameof(name));
    }

    /// <inheritdoc/>
    public bool Equals(Fields? other) => other is not null && _names.AsSpan().SequenceEqual(other._names);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Fields);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (var name in _names) hash.Add(name);
        return hash.ToHashCode();
    }

    /// <inheritdoc/>
    public IEnumerator<string> GetEnumerator() => ((IEnumerable<string>)_names).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>The names in brackets: <c>[word, count]</c>.</summary>
    public override string ToString() => $"[{string.Join(", ", _names)}]";
}
