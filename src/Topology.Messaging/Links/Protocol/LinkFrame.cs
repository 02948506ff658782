using System.Runtime.CompilerServices;

namespace Topology.Messaging;

/// <summary>What a link's own frame says: one with the sequence 0. Good as long as the frame's bytes are there.</summary>
internal ref struct LinkFrame
{
    private Positions _acknowledged;
    private Positions _resendFrom;

    /// <summary>The sender's hello, if it says one.</summary>
    public Hello? Hello { get; private set; }

    /// <summary>Where the connection that it came on stands, if it says so.</summary>
    public Heartbeat? Heartbeat { get; private set; }

    /// <summary>What may be sent on channels.</summary>
    public ReadOnlySpan<Credit> Credits { get; private set; }

    /// <summary>The incarnation whose frames are acknowledged, if any are.</summary>
    public ulong? AcknowledgedIncarnation { get; private set; }

    /// <summary>Up to which frame all have come in, on one of the connections.</summary>
    public readonly ulong? AcknowledgedOn(LinkConnection connection) => _acknowledged[(int)connection];

    /// <summary>From which frame on they are to be sent again, on one of the connections.</summary>
    public readonly ulong? ResendFrom(LinkConnection connection) => _resendFrom[(int)connection];

    /// <summary>Reads a frame, whole or not at all. Sections that are not the link's are skipped, so that later versions can add some.</summary>
    public static bool TryRead(FrameReader reader, out LinkFrame frame)
    {
        frame = default;
        while (reader.TryRead(out var section))
            if (!frame.TryTake(section)) return false;
        return reader.Error == WireError.None;
    }

    private bool TryTake(in FrameSection section)
    {
        switch (section.Type)
        {
            case SectionType.Hello: return TryTakeHello(section.Body);
            case SectionType.Heartbeat: return TryTakeHeartbeat(section.Body);
            case SectionType.Acknowledgement: return TryTakeAcknowledgement(section.Body);
            case SectionType.ResendRequest: return TryTakeResendRequest(section.Body);
            case SectionType.Credits when SectionFields.TryReadCredits(section.Body, out var credits) == WireError.None:
                Credits = credits;
                return true;
            default: return section.Type != SectionType.Credits;
        }
    }

    private bool TryTakeHello(ReadOnlySpan<byte> body)
    {
        Span<ulong> numbers = stackalloc ulong[3];
        if (SectionFields.TryReadNumbers(body, numbers) != WireError.None) return false;
        Hello = new(numbers[0], numbers[1], numbers[2]);
        return true;
    }

    private bool TryTakeHeartbeat(ReadOnlySpan<byte> body)
    {
        Span<ulong> numbers = stackalloc ulong[2];
        if (SectionFields.TryReadNumbers(body, numbers) != WireError.None) return false;
        Heartbeat = new(numbers[0], numbers[1]);
        return true;
    }

    private bool TryTakeAcknowledgement(ReadOnlySpan<byte> body)
    {
        Span<ulong> numbers = stackalloc ulong[3];
        if (SectionFields.TryReadNumbers(body, numbers) != WireError.None || numbers[2] > (ulong)LinkConnection.Control) return false;
        AcknowledgedIncarnation = numbers[0];
        _acknowledged[(int)numbers[2]] = numbers[1];
        return true;
    }

    private bool TryTakeResendRequest(ReadOnlySpan<byte> body)
    {
        Span<ulong> numbers = stackalloc ulong[3];
        if (SectionFields.TryReadNumbers(body, numbers) != WireError.None || numbers[2] > (ulong)LinkConnection.Control || numbers[0] == 0) return false;
        _resendFrom[(int)numbers[2]] = numbers[0];
        return true;
    }

    [InlineArray(2)]
    private struct Positions
    {
        private ulong? _first;
    }
}
