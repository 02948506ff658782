using System.Buffers;
using System.Collections.Immutable;
using Topology.Messaging;

namespace Topology.Cluster;

/// <summary>Messages of supervisors as MessagePack: an array of the kind, and what belongs to the kind.</summary>
internal static class HostMessageCodec
{
    private const int KindJoin = 1;
    private const int KindConnect = 2;
    private const int KindAskLease = 3;
    private const int KindStarts = 4;
    private const int KindExited = 5;
    private const int KindFetch = 6;

    public static ReadOnlyMemory<byte> Write(HostMessage message)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        var writer = new MessagePackWriter(buffer);
        switch (message)
        {
            case HostMessage.Join m:
                writer.Begin(KindJoin, 4);
                writer.Write(m.PublicKey);
                writer.Write(m.Name);
                writer.Write(m.Host);
                writer.Write(m.Slots);
                break;
            case HostMessage.Connect m:
                writer.Begin(KindConnect, 4);
                writer.Write(m.Host);
                writer.Write(m.Slots);
                Write(ref writer, m.Workers);
                writer.Write(m.AskedAt);
                break;
            case HostMessage.AskLease m:
                writer.Begin(KindAskLease, 2);
                Write(ref writer, m.Workers);
                writer.Write(m.AskedAt);
                break;
            case HostMessage.Starts m:
                writer.Begin(KindStarts, 1);
                Write(ref writer, m.Worker);
                break;
            case HostMessage.Exited m:
                writer.Begin(KindExited, 3);
                writer.Write(m.Worker);
                writer.Write(m.Process);
                writer.Write(m.Detail);
                break;
            case HostMessage.Fetch m:
                writer.Begin(KindFetch, 2);
                writer.Write(m.Upload);
                writer.Write(m.Offset);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(message), message, "No such message.");
        }

        writer.Flush();
        return buffer.WrittenMemory;
    }

    /// <exception cref="MessagePackSerializationException">The bytes are no message of a supervisor.</exception>
    public static HostMessage Read(ReadOnlySpan<byte> bytes)
    {
        var reader = new MessagePackReader(bytes);
        var parts = reader.ReadArrayHeader() - 1;
        var kind = reader.ReadInt32();
        HostMessage message = (kind, parts) switch
        {
            (KindJoin, 4) => new HostMessage.Join(ReadKey(ref reader), reader.ReadText(), reader.ReadText(), reader.ReadInt32()),
            (KindConnect, 4) => new HostMessage.Connect(reader.ReadText(), reader.ReadInt32(), ReadWorkers(ref reader), reader.ReadInt64()),
            (KindAskLease, 2) => new HostMessage.AskLease(ReadWorkers(ref reader), reader.ReadInt64()),
            (KindStarts, 1) => new HostMessage.Starts(ReadWorker(ref reader)),
            (KindExited, 3) => new HostMessage.Exited(reader.ReadWorkerKey(), reader.ReadProcess(), reader.ReadText()),
            (KindFetch, 2) => new HostMessage.Fetch(reader.ReadText(), reader.ReadInt64()),
            _ => throw new MessagePackSerializationException($"No supervisor says {kind} with {parts} parts."),
        };
        return reader.End ? message : throw new MessagePackSerializationException("There is something behind the message.");
    }

    private static void Write(ref MessagePackWriter writer, ImmutableArray<HostedWorker> workers)
    {
        writer.WriteArrayHeader(workers.Length);
        foreach (var worker in workers) Write(ref writer, worker);
    }

    private static void Write(ref MessagePackWriter writer, HostedWorker worker)
    {
        writer.WriteArrayHeader(2);
        writer.Write(worker.Worker);
        writer.Write(worker.PublicKey);
    }

    private static ImmutableArray<HostedWorker> ReadWorkers(ref MessagePackReader reader)
    {
        var workers = ImmutableArray.CreateBuilder<HostedWorker>();
        for (var left = reader.ReadArrayHeader(); left > 0; left--) workers.Add(ReadWorker(ref reader));
        return workers.DrainToImmutable();
    }

    private static HostedWorker ReadWorker(ref MessagePackReader reader)
    {
        reader.RequireArray(2);
        return new HostedWorker(reader.ReadWorkerKey(), ReadKey(ref reader));
    }

    private static string ReadKey(ref MessagePackReader reader)
    {
        var key = reader.ReadText();
        return key is { Length: 2 * NetMQCertificate.KeySize } && key.All(char.IsAsciiHexDigitLower) ? key : throw new MessagePackSerializationException("A public key is none.");
    }
}
