using System.Buffers.Binary;

namespace Topology.Messaging;

/// <summary>
/// Walks a frame's sections, without looking into them. Throws nothing: it ends with an <see cref="Error"/> where the frame is not as it should be.
/// </summary>
internal ref struct FrameReader
{
    private const int MarkSize = 7;

    private readonly ReadOnlySpan<byte> _frame;
    private int _position;
    private int _left;

    private FrameReader(ReadOnlySpan<byte> frame, FrameHeader header, int sections)
    {
        _frame = frame;
        _position = FrameHeader.Size;
        _left = sections;
        Header = header;
    }

    /// <summary>What the frame begins with.</summary>
    public FrameHeader Header { get; }

    /// <summary>Why the walk ended before the frame did.</summary>
    public WireError Error { get; private set; }

    /// <summary>Reads the header of a frame, so that its receiver can tell whether it wants the rest.</summary>
    public static WireError TryOpen(ReadOnlySpan<byte> frame, out FrameReader reader)
    {
        reader = default;
        var error = FrameHeader.TryRead(frame, out var header, out var sections);
        if (error == WireError.None) reader = new FrameReader(frame, header, sections);
        return error;
    }

    /// <summary>The next section. False at the end, and when <see cref="Error"/> says so.</summary>
    public bool TryRead(out FrameSection section)
    {
        section = default;
        if (Error != WireError.None) return false;
        if (_left == 0) return _position == _frame.Length ? false : Fail(WireError.TrailingBytes);
        var rest = _frame[_position..];
        if (rest.Length < MarkSize) return Fail(WireError.Truncated);
        if (rest[0] != (MessagePackCode.MinFixArray | 2) || rest[1] != MessagePackCode.FixExt4) return Fail(WireError.UnexpectedType);
        var length = BinaryPrimitives.ReadUInt32LittleEndian(rest[3..]);
        if (length == 0 || length > (uint)(rest.Length - MarkSize)) return Fail(WireError.Truncated);
        section = new FrameSection((SectionType)rest[2], rest.Slice(MarkSize, (int)length));
        _position += MarkSize + (int)length;
        _left--;
        return true;
    }

    private bool Fail(WireError error)
    {
        Error = error;
        return false;
    }
}
