using System.Buffers;
using Topology.Messaging;

namespace Topology.Cluster;

/// <summary>The daemon's orders to supervisors as MessagePack: an array of the kind, and what belongs to the kind.</summary>
internal static class HostOrderCodec
{
    private const int KindJoined = 1;
    private const int KindRefused = 2;
    private const int KindStart = 3;
    private const int KindAdopt = 4;
    private const int KindKill = 5;
    private const int KindGranted = 6;
    private const int KindConnectAgain = 7;
    private const int KindChunk = 8;
    private const int KindNoChunk = 9;

    public static ReadOnlyMemory<byte> Write(HostOrder order)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        var writer = new MessagePackWriter(buffer);
        switch (order)
        {
            case HostOrder.Joined o:
                writer.Begin(KindJoined, 5);
                writer.Write(o.Supervisor);
                writer.Write(o.Cluster);
                writer.Write(o.Lease.Lease.Ticks);
                writer.Write(o.Lease.KillBefore.Ticks);
                writer.Write(o.Lease.WorkerGrace.Ticks);
                break;
            case HostOrder.Refused o:
                writer.Begin(KindRefused, 2);
                writer.Write((int)o.Reason);
                writer.Write(o.Detail);
                break;
            case HostOrder.Start o:
                writer.Begin(KindStart, 3);
                writer.Write(o.Worker);
                writer.Write(o.Upload);
                writer.Write(o.IsEncrypted);
                break;
            case HostOrder.Adopt o:
                writer.Begin(KindAdopt, 2);
                writer.Write(o.Worker);
                writer.Write(o.Process);
                break;
            case HostOrder.Kill o:
                writer.Begin(KindKill, 2);
                writer.Write(o.Worker);
                writer.Write(o.Process);
                break;
            case HostOrder.Granted o:
                writer.Begin(KindGranted, 1);
                writer.Write(o.AskedAt);
                break;
            case HostOrder.ConnectAgain:
                writer.Begin(KindConnectAgain, 0);
                break;
            case HostOrder.Chunk o:
                writer.Begin(KindChunk, 4);
                writer.Write(o.Upload);
                writer.Write(o.Offset);
                writer.Write(o.Length);
                writer.Write(o.Bytes.Span);
                break;
            case HostOrder.NoChunk o:
                writer.Begin(KindNoChunk, 2);
                writer.Write(o.Upload);
                writer.Write(o.Problem);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(order), order, "No such order.");
        }

        writer.Flush();
        return buffer.WrittenMemory;
    }

    /// <exception cref="MessagePackSerializationException">The bytes are no order of a daemon.</exception>
    public static HostOrder Read(ReadOnlySpan<byte> bytes)
    {
        var reader = new MessagePackReader(bytes);
        var parts = reader.ReadArrayHeader() - 1;
        var kind = reader.ReadInt32();
        HostOrder order = (kind, parts) switch
        {
            (KindJoined, 5) => new HostOrder.Joined(reader.ReadText(), reader.ReadText(), ReadTimes(ref reader)),
            (KindRefused, 2) => new HostOrder.Refused(ReadReason(ref reader), reader.ReadText()),
            (KindStart, 3) => new HostOrder.Start(reader.ReadWorkerKey(), reader.ReadText(), reader.ReadBoolean()),
            (KindAdopt, 2) => new HostOrder.Adopt(reader.ReadWorkerKey(), reader.ReadProcess()),
            (KindKill, 2) => new HostOrder.Kill(reader.ReadWorkerKey(), reader.ReadProcess()),
            (KindGranted, 1) => new HostOrder.Granted(reader.ReadInt64()),
            (KindConnectAgain, 0) => new HostOrder.ConnectAgain(),
            (KindChunk, 4) => new HostOrder.Chunk(reader.ReadText(), reader.ReadInt64(), reader.ReadInt64(), reader.ReadBinary()),
            (KindNoChunk, 2) => new HostOrder.NoChunk(reader.ReadText(), reader.ReadText()),
            _ => throw new MessagePackSerializationException($"No daemon says {kind} with {parts} parts."),
        };
        return reader.End ? order : throw new MessagePackSerializationException("There is something behind the order.");
    }

    private static JoinRefusal ReadReason(ref MessagePackReader reader) =>
        (JoinRefusal)reader.ReadInt32() is var reason && Enum.IsDefined(reason) ? reason : throw new MessagePackSerializationException("A refusal has no such reason.");

    private static LeaseTimes ReadTimes(ref MessagePackReader reader)
    {
        try
        {
            return new LeaseTimes(new TimeSpan(reader.ReadInt64()), new TimeSpan(reader.ReadInt64()), new TimeSpan(reader.ReadInt64()));
        }
        catch (ArgumentException error)
        {
            throw new MessagePackSerializationException(error.Message);
        }
    }
}
