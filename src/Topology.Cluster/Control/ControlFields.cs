using System.Collections.Immutable;
using Topology.Messaging;

namespace Topology.Cluster;

/// <summary>How the parts of control messages are written and read. Nothing is allocated for a count that the bytes do not bear out.</summary>
internal static class ControlFields
{
    public static void Write(this ref MessagePackWriter writer, WorkerKey key)
    {
        writer.WriteArrayHeader(3);
        writer.Write(key.Topology);
        writer.Write(key.Worker);
        writer.Write(key.Incarnation);
    }

    public static WorkerKey ReadWorkerKey(this ref MessagePackReader reader)
    {
        reader.RequireArray(3);
        return new WorkerKey(reader.ReadText(), reader.ReadInt32(), reader.ReadInt64());
    }

    /// <summary>The head of a message that is an array of its kind and so many parts.</summary>
    public static void Begin(this ref MessagePackWriter writer, int kind, int parts)
    {
        writer.WriteArrayHeader(parts + 1);
        writer.Write(kind);
    }

    /// <summary>A process, or that none is known: the number 0.</summary>
    public static void Write(this ref MessagePackWriter writer, WorkerProcess? process)
    {
        writer.WriteArrayHeader(2);
        writer.Write(process?.Pid ?? 0);
        writer.Write(process?.Start ?? "");
    }

    public static WorkerProcess? ReadProcess(this ref MessagePackReader reader)
    {
        reader.RequireArray(2);
        var (pid, start) = (reader.ReadInt32(), reader.ReadText());
        return pid == 0 ? null : new WorkerProcess(pid, start);
    }

    public static void WriteCounts(this ref MessagePackWriter writer, ImmutableSortedDictionary<string, long> counts)
    {
        writer.WriteMapHeader(counts.Count);
        foreach (var (name, count) in counts)
        {
            writer.Write(name);
            writer.Write(count);
        }
    }

    public static ImmutableSortedDictionary<string, long> ReadCounts(this ref MessagePackReader reader)
    {
        var counts = Counts.None.ToBuilder();
        for (var left = reader.ReadMapHeader(); left > 0; left--) counts[reader.ReadText()] = reader.ReadInt64();
        return counts.ToImmutable();
    }

    public static void WriteTexts(this ref MessagePackWriter writer, ImmutableSortedDictionary<string, string> texts)
    {
        writer.WriteMapHeader(texts.Count);
        foreach (var (name, text) in texts)
        {
            writer.Write(name);
            writer.Write(text);
        }
    }

    public static ImmutableSortedDictionary<string, string> ReadTexts(this ref MessagePackReader reader)
    {
        var texts = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        for (var left = reader.ReadMapHeader(); left > 0; left--) texts[reader.ReadText()] = reader.ReadText();
        return texts.ToImmutable();
    }

    public static void WriteNumbers(this ref MessagePackWriter writer, ImmutableArray<int> numbers)
    {
        writer.WriteArrayHeader(numbers.Length);
        foreach (var number in numbers) writer.Write(number);
    }

    public static ImmutableArray<int> ReadNumbers(this ref MessagePackReader reader)
    {
        var numbers = ImmutableArray.CreateBuilder<int>();
        for (var left = reader.ReadArrayHeader(); left > 0; left--) numbers.Add(reader.ReadInt32());
        return numbers.DrainToImmutable();
    }

    public static void Write(this ref MessagePackWriter writer, Assignment assignment)
    {
        writer.WriteArrayHeader(3);
        writer.Write(assignment.PlanHash);
        writer.Write(assignment.Generation);
        writer.WriteArrayHeader(assignment.Workers.Length);
        foreach (var worker in assignment.Workers) writer.Write(worker);
    }

    public static Assignment ReadAssignment(this ref MessagePackReader reader)
    {
        reader.RequireArray(3);
        var (hash, generation) = (reader.ReadUInt64(), reader.ReadInt64());
        var workers = ImmutableArray.CreateBuilder<WorkerAssignment>();
        for (var left = reader.ReadArrayHeader(); left > 0; left--) workers.Add(reader.ReadWorkerAssignment());
        return new Assignment(hash, generation, workers.DrainToImmutable());
    }

    /// <summary>A text, which is there.</summary>
    public static string ReadText(this ref MessagePackReader reader) => reader.ReadString() ?? throw new MessagePackSerializationException("A text is missing.");

    /// <summary>Bytes, which are there.</summary>
    public static byte[] ReadBinary(this ref MessagePackReader reader) => reader.ReadBytes() ?? throw new MessagePackSerializationException("Bytes are missing.");

    /// <summary>The head of an array that has so many parts.</summary>
    public static void RequireArray(this ref MessagePackReader reader, int parts)
    {
        var found = reader.ReadArrayHeader();
        if (found != parts) throw new MessagePackSerializationException($"There are {found} parts where there should be {parts}.");
    }

    private static void Write(this ref MessagePackWriter writer, WorkerAssignment worker)
    {
        writer.WriteArrayHeader(5);
        writer.Write(worker.Number);
        writer.Write(worker.Incarnation);
        writer.Write(worker.Host);
        writer.WriteArrayHeader(worker.Executors.Length);
        foreach (var executor in worker.Executors)
        {
            writer.WriteArrayHeader(4);
            writer.Write(executor.Number);
            writer.Write(executor.Component);
            writer.Write(executor.FirstTask);
            writer.Write(executor.LastTask);
        }

        writer.WriteArrayHeader(worker.Ackers.Length);
        foreach (var acker in worker.Ackers)
        {
            writer.WriteArrayHeader(2);
            writer.Write(acker.Number);
            writer.WriteNumbers(acker.SpoutTasks);
        }
    }

    private static WorkerAssignment ReadWorkerAssignment(this ref MessagePackReader reader)
    {
        reader.RequireArray(5);
        var (number, incarnation, host) = (reader.ReadInt32(), reader.ReadInt64(), reader.ReadText());
        var executors = ImmutableArray.CreateBuilder<AssignedExecutor>();
        for (var left = reader.ReadArrayHeader(); left > 0; left--)
        {
            reader.RequireArray(4);
            executors.Add(new AssignedExecutor(reader.ReadInt32(), reader.ReadText(), reader.ReadInt32(), reader.ReadInt32()));
        }

        var ackers = ImmutableArray.CreateBuilder<AssignedAcker>();
        for (var left = reader.ReadArrayHeader(); left > 0; left--)
        {
            reader.RequireArray(2);
            ackers.Add(new AssignedAcker(reader.ReadInt32(), reader.ReadNumbers()));
        }

        return new WorkerAssignment(number, incarnation, host, executors.DrainToImmutable(), ackers.DrainToImmutable());
    }
}
