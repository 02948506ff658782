using System.Diagnostics.CodeAnalysis;

namespace Topology.Cluster;

/// <summary>Names an upload by its content: the SHA-256 of the zip, as 64 lower-case hexadecimal digits. Being checked, it is safe as a file's name.</summary>
public sealed record UploadId
{
    private UploadId(string text) => Text = text;

    /// <summary>The digits.</summary>
    public string Text { get; }

    /// <summary>Reads an id from outside.</summary>
    /// <exception cref="UploadException">It is not one.</exception>
    public static UploadId Parse(string? text) => TryParse(text, out var id) ? id : throw new UploadException("An upload's id is the SHA-256 of its content: 64 lower-case hexadecimal digits.");

    /// <summary>Reads an id from outside.</summary>
    /// <returns>False if it is not one.</returns>
    public static bool TryParse(string? text, [NotNullWhen(true)] out UploadId? id)
    {
        id = text is { Length: 64 } && text.All(char.IsAsciiHexDigitLower) ? new UploadId(text) : null;
        return id is not null;
    }

    /// <summary>The digits.</summary>
    public override string ToString() => Text;

    internal static UploadId Of(ReadOnlySpan<byte> hash) => new(Convert.ToHexStringLower(hash));
}
