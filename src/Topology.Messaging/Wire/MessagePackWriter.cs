using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Topology.Messaging;

/// <summary>
/// Writes MessagePack, each value in its shortest form. Types and members are named as in the MessagePack package for .NET. What is written is in the buffer once
/// <see cref="Flush"/> was called. Not thread-safe; do not copy it while it is in use.
/// </summary>
/// <param name="writer">Where it goes.</param>
internal ref struct MessagePackWriter(IBufferWriter<byte> writer)
{
    private Span<byte> _span;
    private int _written;

    /// <summary>Hands what is written to the buffer.</summary>
    public void Flush()
    {
        if (_written > 0) writer.Advance(_written);
        _span = default;
        _written = 0;
    }

    /// <summary>Room for so many bytes at least, to be filled and then told to <see cref="Advance"/>.</summary>
    public Span<byte> GetSpan(int length)
    {
        if (_span.Length - _written >= length) return _span[_written..];
        Flush();
        _span = writer.GetSpan(length);
        return _span;
    }

    /// <summary>So many bytes of the last <see cref="GetSpan"/> are filled.</summary>
    public void Advance(int length) => _written += length;

    /// <summary>Bytes that are MessagePack already.</summary>
    public void WriteRaw(scoped ReadOnlySpan<byte> rawMessagePackBlock)
    {
        rawMessagePackBlock.CopyTo(GetSpan(rawMessagePackBlock.Length));
        Advance(rawMessagePackBlock.Length);
    }

    /// <summary>No value.</summary>
    public void WriteNil() => WriteByte(MessagePackCode.Nil);

    /// <summary>The head of an array of so many values, which follow.</summary>
    public void WriteArrayHeader(int count) => WriteArrayHeader((uint)count);

    /// <inheritdoc cref="WriteArrayHeader(int)"/>
    public void WriteArrayHeader(uint count) => Advance(MessagePackHeads.WriteArray(GetSpan(MessagePackHeads.Room), count));

    /// <summary>The head of a map of so many pairs, which follow, each key before its value.</summary>
    public void WriteMapHeader(int count) => WriteMapHeader((uint)count);

    /// <inheritdoc cref="WriteMapHeader(int)"/>
    public void WriteMapHeader(uint count) => Advance(MessagePackHeads.WriteMap(GetSpan(MessagePackHeads.Room), count));

    /// <summary>A signed integer.</summary>
    public void Write(long value) => Advance(IntegerFormat.Write(ref GetSpan(IntegerFormat.Room)[0], value));

    /// <summary>An unsigned integer.</summary>
    public void Write(ulong value) => Advance(IntegerFormat.Write(ref GetSpan(IntegerFormat.Room)[0], value));

    /// <summary>A signed integer.</summary>
    public void Write(int value) => Write((long)value);

    /// <summary>An unsigned integer.</summary>
    public void Write(uint value) => Write((long)value);

    /// <summary>A signed integer.</summary>
    public void Write(short value) => Write((long)value);

    /// <summary>An unsigned integer.</summary>
    public void Write(ushort value) => Write((long)value);

    /// <summary>A signed integer.</summary>
    public void Write(sbyte value) => Write((long)value);

    /// <summary>An unsigned integer.</summary>
    public void Write(byte value) => Write((long)value);

    /// <summary>True or false.</summary>
    public void Write(bool value) => WriteByte(value ? MessagePackCode.True : MessagePackCode.False);

    /// <summary>A float of 32 bits.</summary>
    public void Write(float value)
    {
        var span = GetSpan(5);
        span[0] = MessagePackCode.Float32;
        BinaryPrimitives.WriteSingleBigEndian(span[1..], value);
        Advance(5);
    }

    /// <summary>A float of 64 bits.</summary>
    public void Write(double value)
    {
        var span = GetSpan(9);
        span[0] = MessagePackCode.Float64;
        BinaryPrimitives.WriteDoubleBigEndian(span[1..], value);
        Advance(9);
    }

    /// <summary>A timestamp. A local time is converted; one that does not say what it is counts as UTC.</summary>
    public void Write(DateTime dateTime)
    {
        Span<byte> content = stackalloc byte[TimestampFormat.Room];
        var utc = dateTime.Kind == DateTimeKind.Local ? dateTime.ToUniversalTime() : dateTime;
        WriteExtension(MessagePackCode.TimestampExtension, content[..TimestampFormat.Write(content, utc.Ticks)]);
    }

    /// <summary>Text, or nil for null. A surrogate without its other half becomes U+FFFD.</summary>
    public void Write(string? value)
    {
        if (value is null) WriteNil();
        else Write(value.AsSpan());
    }

    /// <summary>Text. A surrogate without its other half becomes U+FFFD.</summary>
    public void Write(scoped ReadOnlySpan<char> value)
    {
        var length = Encoding.UTF8.GetByteCount(value);
        WriteStringHeader(length);
        Advance(Encoding.UTF8.GetBytes(value, GetSpan(length)));
    }

    /// <summary>Bytes.</summary>
    public void Write(scoped ReadOnlySpan<byte> src)
    {
        WriteBinHeader(src.Length);
        WriteRaw(src);
    }

    /// <summary>Text that is UTF-8 already.</summary>
    public void WriteString(scoped ReadOnlySpan<byte> utf8stringBytes)
    {
        WriteStringHeader(utf8stringBytes.Length);
        WriteRaw(utf8stringBytes);
    }

    /// <summary>The head of text of so many bytes, which follow.</summary>
    public void WriteStringHeader(int byteCount) => Advance(MessagePackHeads.WriteString(GetSpan(MessagePackHeads.Room), (uint)byteCount));

    /// <summary>The head of so many bytes, which follow.</summary>
    public void WriteBinHeader(int length) => Advance(MessagePackHeads.WriteBinary(GetSpan(MessagePackHeads.Room), (uint)length));

    /// <summary>The head of an extension, whose bytes follow.</summary>
    public void WriteExtensionFormatHeader(ExtensionHeader extensionHeader) =>
        Advance(MessagePackHeads.WriteExtension(GetSpan(MessagePackHeads.Room), extensionHeader.TypeCode, extensionHeader.Length));

    /// <summary>A whole extension.</summary>
    public void WriteExtension(sbyte typeCode, scoped ReadOnlySpan<byte> content)
    {
        WriteExtensionFormatHeader(new ExtensionHeader(typeCode, (uint)content.Length));
        WriteRaw(content);
    }

    private void WriteByte(byte value)
    {
        GetSpan(1)[0] = value;
        Advance(1);
    }
}
