namespace Topology.Messaging;

/// <summary>
/// Takes frames apart, each whole or not at all: nothing of a frame is handed on before all of it was found right. Throws nothing over what it reads. Not thread-safe.
/// </summary>
/// <param name="plan">What rows may be like.</param>
/// <param name="counters">What came in.</param>
internal sealed class FrameDecoder(WirePlan plan, WireCounters counters)
{
    /// <summary>The messages that a section of acks may have.</summary>
    public const int MaxAcks = 4096;

    private readonly BatchDecoder _decoder = new(plan);
    private readonly TupleBatch?[] _batches = new TupleBatch?[FrameWriter.MaxBatches];
    private int _batchCount;
    private int _rows;
    private int _unknown;

    /// <summary>Takes a frame apart.</summary>
    /// <param name="frame">All of the frame; not needed afterwards.</param>
    /// <param name="receiver">Who gets what it holds.</param>
    /// <returns>Why the frame was refused, when it was; then the receiver got nothing. The first of a link is worth a line in the log: <see cref="WireCounters.Rejected"/> is 1 then.</returns>
    public WireError Decode(ReadOnlySpan<byte> frame, IFrameReceiver receiver)
    {
        (_batchCount, _rows, _unknown) = (0, 0, 0);
        var error = FrameReader.TryOpen(frame, out var reader);
        if (error == WireError.None) error = Check(reader);
        if (error != WireError.None)
        {
            ReleaseBatches();
            counters.Reject(error);
            return error;
        }

        counters.Accept(frame.Length, _rows, _unknown);
        Deliver(reader, receiver);
        return WireError.None;
    }

    // By value: the sections are walked once more when they are handed on.
    private WireError Check(FrameReader reader)
    {
        while (reader.TryRead(out var section))
        {
            var error = section.Type == SectionType.Batch ? DecodeBatch(section.Body) : CheckOther(section);
            if (error != WireError.None) return error;
        }

        return reader.Error;
    }

    private WireError DecodeBatch(ReadOnlySpan<byte> body)
    {
        if (_batchCount == _batches.Length) return WireError.TooManyBatches;
        var error = BatchSection.TryRead(body, out var section);
        if (error == WireError.None) error = _decoder.TryRead(section, out _batches[_batchCount]);
        if (error == WireError.None) _rows += _batches[_batchCount++]!.Count;
        return error;
    }

    private WireError CheckOther(in FrameSection section)
    {
        Span<ulong> numbers = stackalloc ulong[3];
        switch (section.Type)
        {
            case SectionType.Acks:
                return AckSection.TryRead(section.Body, MaxAcks, out _);
            case SectionType.Credits:
                return SectionFields.TryReadCredits(section.Body, out _);
            case SectionType.Hello or SectionType.ResendRequest or SectionType.Acknowledgement:
                return SectionFields.TryReadNumbers(section.Body, numbers);
            case SectionType.Goodbye or SectionType.EndOfStream:
                return SectionFields.TryReadNumbers(section.Body, numbers[..1]);
            case SectionType.Heartbeat:
                return SectionFields.TryReadNumbers(section.Body, numbers[..2]);
            default:
                _unknown++;
                return SectionFields.TryEnd(section.Body, 0, 1);
        }
    }

    private void Deliver(FrameReader reader, IFrameReceiver receiver)
    {
        var next = 0;
        while (reader.TryRead(out var section))
        {
            if (section.Type == SectionType.Batch) DeliverBatch(section.Body, next++, receiver);
            else DeliverOther(section, receiver);
        }
    }

    private void DeliverBatch(ReadOnlySpan<byte> body, int index, IFrameReceiver receiver)
    {
        BatchSection.TryRead(body, out var section);
        var batch = _batches[index]!;
        _batches[index] = null;
        receiver.OnBatch(section.Channel, section.Sequence, batch);
    }

    private static void DeliverOther(in FrameSection section, IFrameReceiver receiver)
    {
        Span<ulong> numbers = stackalloc ulong[3];
        switch (section.Type)
        {
            case SectionType.Acks:
                AckSection.TryRead(section.Body, MaxAcks, out var acks);
                receiver.OnAcks(acks);
                break;
            case SectionType.Credits:
                SectionFields.TryReadCredits(section.Body, out var credits);
                receiver.OnCredits(credits);
                break;
            case SectionType.Hello:
                SectionFields.TryReadNumbers(section.Body, numbers);
                receiver.OnHello(new Hello(numbers[0], numbers[1], numbers[2]));
                break;
            case SectionType.Goodbye:
                SectionFields.TryReadNumbers(section.Body, numbers[..1]);
                receiver.OnGoodbye(new Goodbye(numbers[0]));
                break;
            case SectionType.Heartbeat:
                SectionFields.TryReadNumbers(section.Body, numbers[..2]);
                receiver.OnHeartbeat(new Heartbeat(numbers[0], numbers[1]));
                break;
            case SectionType.ResendRequest:
                SectionFields.TryReadNumbers(section.Body, numbers);
                receiver.OnResendRequest(new ResendRequest(numbers[0], numbers[1], numbers[2]));
                break;
            case SectionType.Acknowledgement:
                SectionFields.TryReadNumbers(section.Body, numbers);
                receiver.OnAcknowledgement(new Acknowledgement(numbers[0], numbers[1], numbers[2]));
                break;
            case SectionType.EndOfStream:
                SectionFields.TryReadNumbers(section.Body, numbers[..1]);
                receiver.OnEndOfStream(new EndOfStream(numbers[0]));
                break;
        }
    }

    private void ReleaseBatches()
    {
        for (var i = 0; i < _batchCount; i++)
        {
            var batch = _batches[i]!;
            _batches[i] = null;
            batch.PublishOpen();
            batch.Release();
        }
    }
}
