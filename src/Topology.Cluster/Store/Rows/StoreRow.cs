namespace Topology.Cluster;

/// <summary>A row as read.</summary>
/// <param name="Values">One per column, each a <see cref="string"/>, a <see cref="long"/>, a <see cref="byte"/> array or null.</param>
/// <param name="Damage">Why the values cannot be trusted; null if they can.</param>
internal sealed record StoreRow(object?[] Values, string? Damage = null)
{
    public string Text(int column) => Values[column] as string ?? throw new FormatException($"Column {column + 1} holds no text.");

    public string? OptionalText(int column) => Values[column] is null ? null : Text(column);

    public long Number(int column) => Values[column] is long number ? number : throw new FormatException($"Column {column + 1} holds no number.");

    public int Small(int column) => checked((int)Number(column));

    public int? OptionalSmall(int column) => Values[column] is null ? null : Small(column);

    public byte[] Bytes(int column) => Values[column] as byte[] ?? throw new FormatException($"Column {column + 1} holds no bytes.");

    public DateTimeOffset Time(int column) => StoreValues.ParseTime(Text(column));

    public DateTimeOffset? OptionalTime(int column) => Values[column] is null ? null : Time(column);

    /// <summary>What is known of the key, for reports.</summary>
    public string Key(StoreTable table) => string.Join('/', Values.Take(table.KeyLength).Select(value => value is byte[]? "bytes" : StoreText.Cut($"{value}", StoreLimits.IdLength)));
}
