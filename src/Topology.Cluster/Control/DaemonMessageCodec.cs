using System.Buffers;
using System.Collections.Immutable;
using Topology.Engine;
using Topology.Messaging;

namespace Topology.Cluster;

/// <summary>The daemon's messages as MessagePack: an array of the kind and what belongs to it.</summary>
internal static class DaemonMessageCodec
{
    private const int KindPulse = 1;
    private const int KindDeploy = 2;
    private const int KindFailPending = 3;
    private const int KindSetSpouts = 4;
    private const int KindDrainSpouts = 5;
    private const int KindFinish = 6;
    private const int KindEnd = 7;
    private const int KindPositionCommitted = 8;
    private const int KindPositionRead = 9;
    private const int KindRequestFailed = 10;

    public static ReadOnlyMemory<byte> Write(DaemonMessage message)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        var writer = new MessagePackWriter(buffer);
        switch (message)
        {
            case DaemonMessage.Pulse m:
                Begin(ref writer, KindPulse, 1);
                writer.Write(m.Daemon);
                break;
            case DaemonMessage.Deploy m:
                Begin(ref writer, KindDeploy, 3);
                writer.Write(m.Assignment);
                Write(ref writer, m.Endpoints);
                Write(ref writer, m.Code);
                break;
            case DaemonMessage.FailPending m:
                Begin(ref writer, KindFailPending, 2);
                writer.Write(m.Generation);
                writer.Write((byte)m.Cause);
                break;
            case DaemonMessage.SetSpouts m:
                Begin(ref writer, KindSetSpouts, 2);
                writer.Write(m.Generation);
                writer.Write(m.IsActive);
                break;
            case DaemonMessage.DrainSpouts m:
                Begin(ref writer, KindDrainSpouts, 1);
                writer.Write(m.Generation);
                break;
            case DaemonMessage.Finish m:
                Begin(ref writer, KindFinish, 1);
                writer.Write(m.Generation);
                break;
            case DaemonMessage.End:
                Begin(ref writer, KindEnd, 0);
                break;
            case DaemonMessage.PositionCommitted m:
                Begin(ref writer, KindPositionCommitted, 2);
                writer.Write(m.Request);
                writer.Write((int)m.Outcome);
                break;
            case DaemonMessage.PositionRead m:
                Begin(ref writer, KindPositionRead, 4);
                writer.Write(m.Request);
                writer.Write(m.Incarnation);
                writer.Write(m.Sequence);
                writer.Write(m.Payload.Span);
                break;
            case DaemonMessage.RequestFailed m:
                Begin(ref writer, KindRequestFailed, 2);
                writer.Write(m.Request);
                writer.Write(m.Problem);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(message), message, "No such message.");
        }

        writer.Flush();
        return buffer.WrittenMemory;
    }

    /// <exception cref="MessagePackSerializationException">The bytes are no message of a daemon.</exception>
    public static DaemonMessage Read(ReadOnlySpan<byte> bytes)
    {
        var reader = new MessagePackReader(bytes);
        var parts = reader.ReadArrayHeader() - 1;
        var kind = reader.ReadInt32();
        DaemonMessage message = (kind, parts) switch
        {
            (KindPulse, 1) => new DaemonMessage.Pulse(reader.ReadInt64()),
            (KindDeploy, 3) => new DaemonMessage.Deploy(reader.ReadAssignment(), ReadEndpoints(ref reader), ReadCode(ref reader)),
            (KindFailPending, 2) => new DaemonMessage.FailPending(reader.ReadInt64(), ReadMember<FailKind>(ref reader)),
            (KindSetSpouts, 2) => new DaemonMessage.SetSpouts(reader.ReadInt64(), reader.ReadBoolean()),
            (KindDrainSpouts, 1) => new DaemonMessage.DrainSpouts(reader.ReadInt64()),
            (KindFinish, 1) => new DaemonMessage.Finish(reader.ReadInt64()),
            (KindEnd, 0) => new DaemonMessage.End(),
            (KindPositionCommitted, 2) => new DaemonMessage.PositionCommitted(reader.ReadInt64(), ReadMember<PositionOutcome>(ref reader)),
            (KindPositionRead, 4) => new DaemonMessage.PositionRead(reader.ReadInt64(), reader.ReadInt64(), reader.ReadInt64(), reader.ReadBinary()),
            (KindRequestFailed, 2) => new DaemonMessage.RequestFailed(reader.ReadInt64(), reader.ReadText()),
            _ => throw new MessagePackSerializationException($"No daemon says {kind} with {parts} parts."),
        };
        return reader.End ? message : throw new MessagePackSerializationException("There is something behind the message.");
    }

    private static void Begin(ref MessagePackWriter writer, int kind, int parts)
    {
        writer.WriteArrayHeader(parts + 1);
        writer.Write(kind);
    }

    private static void Write(ref MessagePackWriter writer, ImmutableSortedDictionary<int, string> endpoints)
    {
        writer.WriteMapHeader(endpoints.Count);
        foreach (var (worker, endpoint) in endpoints)
        {
            writer.Write(worker);
            writer.Write(endpoint);
        }
    }

    private static ImmutableSortedDictionary<int, string> ReadEndpoints(ref MessagePackReader reader)
    {
        var endpoints = ImmutableSortedDictionary.CreateBuilder<int, string>();
        for (var left = reader.ReadMapHeader(); left > 0; left--) endpoints[reader.ReadInt32()] = reader.ReadText();
        return endpoints.ToImmutable();
    }

    private static void Write(ref MessagePackWriter writer, TopologyCode code)
    {
        writer.WriteArrayHeader(4);
        writer.Write(code.Assembly);
        writer.Write(code.Class);
        writer.Write(code.Name);
        writer.WriteTexts(code.Settings);
    }

    private static TopologyCode ReadCode(ref MessagePackReader reader)
    {
        reader.RequireArray(4);
        return new TopologyCode(reader.ReadText(), reader.ReadText(), reader.ReadText(), reader.ReadTexts());
    }

    private static T ReadMember<T>(ref MessagePackReader reader)
        where T : struct, Enum
    {
        var number = reader.ReadByte();
        return Array.Find(Enum.GetValues<T>(), value => Convert.ToByte(value, null) == number) is var found && Convert.ToByte(found, null) == number
            ? found
            : throw new MessagePackSerializationException($"{number} is no {typeof(T).Name}.");
    }
}
