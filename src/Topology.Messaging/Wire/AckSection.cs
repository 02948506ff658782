namespace Topology.Messaging;

/// <summary>Messages to an acker that came in.</summary>
internal readonly ref struct AckSection
{
    private const int Fields = 4;

    private readonly ReadOnlySpan<byte> _texts;

    private AckSection(uint acker, byte kind, ReadOnlySpan<byte> messages, ReadOnlySpan<byte> texts)
    {
        Acker = acker;
        Kind = kind;
        Messages = messages;
        _texts = texts;
    }

    /// <summary>The bytes of a message.</summary>
    public const int MessageSize = 16;

    /// <summary>The acker's number, which nobody has checked.</summary>
    public uint Acker { get; }

    /// <summary>What the messages mean, which nobody has checked.</summary>
    public byte Kind { get; }

    /// <summary>The messages, of <see cref="MessageSize"/> each: two numbers of 64 bits, little-endian.</summary>
    public ReadOnlySpan<byte> Messages { get; }

    /// <summary>The texts that messages refer to, as MessagePack that was checked: an array of numbers and texts in turn. Mostly empty.</summary>
    public MessagePackReader Texts => new(_texts);

    /// <summary>Reads a section.</summary>
    /// <param name="body">The section.</param>
    /// <param name="largest">How many messages one may have.</param>
    /// <param name="section">What it says.</param>
    public static WireError TryRead(ReadOnlySpan<byte> body, int largest, out AckSection section)
    {
        section = default;
        var position = 0;
        var error = SectionFields.TryReadArray(body, ref position, Fields, out var count);
        if (error != WireError.None) return error;
        error = SectionFields.TryReadNumber(body, ref position, uint.MaxValue, out var acker);
        if (error != WireError.None) return error;
        error = SectionFields.TryReadNumber(body, ref position, byte.MaxValue, out var kind);
        if (error != WireError.None) return error;
        error = SectionFields.TryReadBytes(body, ref position, out var messages);
        if (error != WireError.None) return error;
        if (messages.Length % MessageSize != 0 || messages.Length / MessageSize > largest) return WireError.InvalidSection;
        var texts = position;
        error = TrySkipTexts(body, ref position);
        if (error != WireError.None) return error;
        section = new AckSection((uint)acker, (byte)kind, messages, body[texts..position]);
        return SectionFields.TryEnd(body, position, count - Fields);
    }

    private static WireError TrySkipTexts(ReadOnlySpan<byte> body, ref int position)
    {
        var error = SectionFields.TryReadArray(body, ref position, 0, out var count);
        if (count % 2 != 0) return WireError.InvalidSection;
        for (var i = 0; i < count && error == WireError.None; i += 2)
        {
            error = SectionFields.TryReadNumber(body, ref position, uint.MaxValue, out _);
            if (error == WireError.None) error = SectionFields.TrySkipText(body, ref position);
        }

        return error;
    }
}
