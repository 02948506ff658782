using System.Runtime.InteropServices;
using Topology.Messaging;

namespace Topology.Engine;

/// <summary>
/// An <see cref="AckBatch"/> on the wire: its messages as they lie in memory, so that writing and reading are one copy. The texts of failures, which are known
/// by numbers only in the worker where they happened, travel along and get new numbers.
/// </summary>
internal static class AckBatchCodec
{
    /// <summary>Writes a batch.</summary>
    /// <param name="frame">An open frame.</param>
    /// <param name="acker">The number of the acker.</param>
    /// <param name="batch">The batch.</param>
    /// <param name="details">This worker's texts of failures.</param>
    public static void Write(FrameWriter frame, uint acker, AckBatch batch, FailDetails details)
    {
        var messages = batch.Messages.AsSpan(0, batch.Count);
        var texts = batch.Kind == AckBatchKind.Fail ? TextsOf(messages, details) : [];
        frame.WriteAcks(acker, (byte)batch.Kind, MemoryMarshal.AsBytes(messages), texts);
    }

    /// <summary>Reads a batch into one that is empty. False when its kind is none, or there are more messages than a batch may have.</summary>
    /// <param name="section">What came in.</param>
    /// <param name="batch">An empty batch.</param>
    /// <param name="details">This worker's texts of failures.</param>
    public static bool TryRead(in AckSection section, AckBatch batch, FailDetails details)
    {
        var messages = MemoryMarshal.Cast<byte, AckMessage>(section.Messages);
        if (section.Kind > (byte)AckBatchKind.Clear || messages.Length > AckBatch.Capacity) return false;
        while (batch.Messages.Length < messages.Length) batch.TryGrow();
        messages.CopyTo(batch.Messages);
        batch.Count = messages.Length;
        batch.Kind = (AckBatchKind)section.Kind;
        if (batch.Kind == AckBatchKind.Fail) Renumber(batch, section.Texts, details);
        return true;
    }

    private static AckText[] TextsOf(ReadOnlySpan<AckMessage> messages, FailDetails details)
    {
        var texts = new List<AckText>();
        foreach (ref readonly var message in messages)
        {
            var number = FailCode.Detail(message.Value);
            if (!texts.Exists(known => known.Number == number) && details.Find(number) is { } text) texts.Add(new AckText(number, text));
        }

        return [.. texts];
    }

    private static void Renumber(AckBatch batch, MessagePackReader texts, FailDetails details)
    {
        var numbers = new Dictionary<uint, uint>();
        for (var left = texts.ReadArrayHeader(); left > 0; left -= 2) numbers[texts.ReadUInt32()] = details.Add(texts.ReadString());
        foreach (ref var message in batch.Messages.AsSpan(0, batch.Count))
        {
            var code = message.Value;
            message.Value = FailCode.Of(FailCode.Kind(code), FailCode.Task(code), numbers.GetValueOrDefault(FailCode.Detail(code)));
        }
    }
}
