using System.Runtime.InteropServices;

namespace Topology.Messaging;

/// <summary>Reads the fields of sections other than rows. A section may have more fields than this version knows: they are skipped.</summary>
internal static class SectionFields
{
    /// <summary>The head of an array that has at least so many fields.</summary>
    public static WireError TryReadArray(ReadOnlySpan<byte> body, scoped ref int position, int least, out int count)
    {
        var error = TryReadHead(body, ref position, MessagePackType.Array, out var token);
        count = token.Length;
        return error == WireError.None && count < least ? WireError.InvalidSection : error;
    }

    /// <summary>A whole number from 0 on.</summary>
    public static WireError TryReadNumber(ReadOnlySpan<byte> body, scoped ref int position, ulong largest, out ulong number)
    {
        var error = TryReadHead(body, ref position, MessagePackType.Integer, out var token);
        number = token.Bits;
        return error == WireError.None && (token.IsNegative || number > largest) ? WireError.InvalidSection : error;
    }

    /// <summary>Bytes, where they lie.</summary>
    public static WireError TryReadBytes(ReadOnlySpan<byte> body, scoped ref int position, out ReadOnlySpan<byte> bytes)
    {
        bytes = default;
        var error = TryReadHead(body, ref position, MessagePackType.Binary, out var token);
        if (error != WireError.None) return error;
        bytes = body.Slice(position, token.Length);
        position += token.Length;
        return WireError.None;
    }

    /// <summary>Steps over a text.</summary>
    public static WireError TrySkipText(ReadOnlySpan<byte> body, scoped ref int position)
    {
        var error = TryReadHead(body, ref position, MessagePackType.String, out var token);
        if (error == WireError.None) position += token.Length;
        return error;
    }

    /// <summary>Reads a section that is an array of numbers, as many as asked for.</summary>
    public static WireError TryReadNumbers(ReadOnlySpan<byte> body, Span<ulong> numbers)
    {
        var position = 0;
        var error = TryReadArray(body, ref position, numbers.Length, out var count);
        foreach (ref var number in numbers)
            if (error == WireError.None) error = TryReadNumber(body, ref position, ulong.MaxValue, out number);
        return error == WireError.None ? TryEnd(body, position, count - numbers.Length) : error;
    }

    /// <summary>Reads a section of credits.</summary>
    public static WireError TryReadCredits(ReadOnlySpan<byte> body, out ReadOnlySpan<Credit> credits)
    {
        credits = default;
        var position = 0;
        var error = TryReadBytes(body, ref position, out var bytes);
        if (error != WireError.None) return error;
        credits = MemoryMarshal.Cast<byte, Credit>(bytes);
        if (MemoryMarshal.AsBytes(credits).Length != bytes.Length) return WireError.InvalidSection;
        return TryEnd(body, position, 0);
    }

    /// <summary>Skips so many fields, behind which the section has to end.</summary>
    public static WireError TryEnd(ReadOnlySpan<byte> body, int position, int further)
    {
        var error = WireError.None;
        for (var i = 0; i < further && error == WireError.None; i++) error = MessagePackReader.TrySkip(body, ref position);
        return error == WireError.None && position != body.Length ? WireError.TrailingBytes : error;
    }

    private static WireError TryReadHead(ReadOnlySpan<byte> body, scoped ref int position, MessagePackType type, out MessagePackToken token)
    {
        var error = MessagePackToken.TryRead(body, ref position, out token);
        return error == WireError.None && token.Type != type ? WireError.UnexpectedType : error;
    }
}
