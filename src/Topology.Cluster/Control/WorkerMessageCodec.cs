using System.Buffers;
using System.Collections.Immutable;
using Topology.Messaging;

namespace Topology.Cluster;

/// <summary>Workers' messages as MessagePack: an array of the kind, the worker, and what belongs to the kind.</summary>
internal static class WorkerMessageCodec
{
    private const int KindAnnounce = 1;
    private const int KindReady = 2;
    private const int KindReported = 3;
    private const int KindLostLink = 4;
    private const int KindFailing = 5;
    private const int KindError = 6;
    private const int KindCommitPosition = 7;
    private const int KindReadPosition = 8;
    private const int KindBuiltOther = 9;

    public static ReadOnlyMemory<byte> Write(WorkerMessage message)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        var writer = new MessagePackWriter(buffer);
        switch (message)
        {
            case WorkerMessage.Announce m:
                Begin(ref writer, KindAnnounce, m.Worker, 5);
                writer.Write(m.Host);
                writer.Write(m.Process.Pid);
                writer.Write(m.Process.Start);
                writer.Write(m.Endpoint);
                writer.Write(m.ReadyGeneration);
                break;
            case WorkerMessage.Ready m:
                Begin(ref writer, KindReady, m.Worker, 1);
                writer.Write(m.Generation);
                break;
            case WorkerMessage.Reported m:
                Begin(ref writer, KindReported, m.Worker, 13);
                Write(ref writer, m.Report);
                break;
            case WorkerMessage.LostLink m:
                Begin(ref writer, KindLostLink, m.Worker, 3);
                writer.Write(m.Generation);
                writer.Write(m.Peer);
                writer.Write(m.Reason);
                break;
            case WorkerMessage.Failing m:
                Begin(ref writer, KindFailing, m.Worker, 1);
                writer.Write(m.Reason);
                break;
            case WorkerMessage.BuiltOther m:
                Begin(ref writer, KindBuiltOther, m.Worker, 1);
                writer.WriteArrayHeader(m.Plan.Length);
                foreach (var line in m.Plan) writer.Write(line);
                break;
            case WorkerMessage.Error m:
                Begin(ref writer, KindError, m.Worker, 5);
                writer.Write(m.Component);
                writer.Write(m.Task);
                writer.Write(m.Message);
                writer.Write(m.Detail);
                writer.Write(m.At.UtcTicks);
                break;
            case WorkerMessage.CommitPosition m:
                Begin(ref writer, KindCommitPosition, m.Worker, 6);
                writer.Write(m.Request);
                writer.Write(m.Generation);
                writer.Write(m.Component);
                writer.Write(m.Task);
                writer.Write(m.Sequence);
                writer.Write(m.Payload.Span);
                break;
            case WorkerMessage.ReadPosition m:
                Begin(ref writer, KindReadPosition, m.Worker, 3);
                writer.Write(m.Request);
                writer.Write(m.Component);
                writer.Write(m.Task);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(message), message, "No such message.");
        }

        writer.Flush();
        return buffer.WrittenMemory;
    }

    /// <exception cref="MessagePackSerializationException">The bytes are no message of a worker.</exception>
    public static WorkerMessage Read(ReadOnlySpan<byte> bytes)
    {
        var reader = new MessagePackReader(bytes);
        var parts = reader.ReadArrayHeader() - 2;
        var kind = reader.ReadInt32();
        var worker = reader.ReadWorkerKey();
        WorkerMessage message = (kind, parts) switch
        {
            (KindAnnounce, 5) => new WorkerMessage.Announce(worker, reader.ReadText(), new WorkerProcess(reader.ReadInt32(), reader.ReadText()), reader.ReadText(), reader.ReadInt64()),
            (KindReady, 1) => new WorkerMessage.Ready(worker, reader.ReadInt64()),
            (KindReported, 13) => new WorkerMessage.Reported(worker, ReadReport(ref reader)),
            (KindLostLink, 3) => new WorkerMessage.LostLink(worker, reader.ReadInt64(), reader.ReadInt32(), reader.ReadText()),
            (KindFailing, 1) => new WorkerMessage.Failing(worker, reader.ReadText()),
            (KindBuiltOther, 1) => new WorkerMessage.BuiltOther(worker, ReadLines(ref reader)),
            (KindError, 5) => new WorkerMessage.Error(worker, reader.ReadText(), reader.ReadInt32(), reader.ReadText(), reader.ReadText(), ReadTime(ref reader)),
            (KindCommitPosition, 6) => new WorkerMessage.CommitPosition(worker, reader.ReadInt64(), reader.ReadInt64(), reader.ReadText(), reader.ReadInt32(), reader.ReadInt64(), reader.ReadBinary()),
            (KindReadPosition, 3) => new WorkerMessage.ReadPosition(worker, reader.ReadInt64(), reader.ReadText(), reader.ReadInt32()),
            _ => throw new MessagePackSerializationException($"No worker says {kind} with {parts} parts."),
        };
        return reader.End ? message : throw new MessagePackSerializationException("There is something behind the message.");
    }

    private static void Begin(ref MessagePackWriter writer, int kind, WorkerKey worker, int parts)
    {
        writer.WriteArrayHeader(parts + 2);
        writer.Write(kind);
        writer.Write(worker);
    }

    private static void Write(ref MessagePackWriter writer, WorkerReport report)
    {
        writer.Write(report.Generation);
        writer.Write(report.Sequence);
        writer.WriteCounts(report.Counters);
        writer.Write(report.IsActive);
        writer.WriteNumbers(report.EndedTasks);
        writer.Write(report.Pending);
        writer.Write(report.PositionsCommitted);
        writer.Write(report.EndOfStreamPassed);
        writer.Write(report.IsCleanedUp);
        writer.Write(report.Progress);
        writer.Write(report.RssBytes);
        writer.WriteCounts(report.QueueDepths);
        writer.WriteArrayHeader(1 + report.Links.Length);
        writer.Write(report.Uptime.Ticks);
        foreach (var link in report.Links)
        {
            writer.WriteArrayHeader(4);
            writer.Write(link.To);
            writer.Write(link.Bytes);
            writer.Write(link.Frames);
            writer.Write(link.Reconnects);
        }
    }

    private static WorkerReport ReadReport(ref MessagePackReader reader)
    {
        var report = new WorkerReport(reader.ReadInt64(), reader.ReadInt64(), reader.ReadCounts())
        {
            IsActive = reader.ReadBoolean(),
            EndedTasks = reader.ReadNumbers(),
            Pending = reader.ReadInt64(),
            PositionsCommitted = reader.ReadBoolean(),
            EndOfStreamPassed = reader.ReadBoolean(),
            IsCleanedUp = reader.ReadBoolean(),
            Progress = reader.ReadInt64(),
            RssBytes = reader.ReadInt64(),
            QueueDepths = reader.ReadCounts(),
        };
        var left = reader.ReadArrayHeader() - 1;
        var uptime = TimeSpan.FromTicks(reader.ReadInt64());
        var links = ImmutableArray.CreateBuilder<LinkReport>();
        for (; left > 0; left--)
        {
            reader.RequireArray(4);
            links.Add(new LinkReport(reader.ReadInt32(), reader.ReadInt64(), reader.ReadInt64(), reader.ReadInt64()));
        }

        return report with { Uptime = uptime, Links = links.DrainToImmutable() };
    }

    private static ImmutableArray<string> ReadLines(ref MessagePackReader reader)
    {
        var lines = ImmutableArray.CreateBuilder<string>();
        for (var left = reader.ReadArrayHeader(); left > 0; left--) lines.Add(reader.ReadText());
        return lines.DrainToImmutable();
    }

    private static DateTimeOffset ReadTime(ref MessagePackReader reader)
    {
        var ticks = reader.ReadInt64();
        if (ticks < 0 || ticks > DateTimeOffset.MaxValue.UtcTicks) throw new MessagePackSerializationException($"{ticks} is no time.");
        return new DateTimeOffset(ticks, TimeSpan.Zero);
    }
}
