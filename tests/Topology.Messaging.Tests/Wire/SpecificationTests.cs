using System.Runtime.CompilerServices;

namespace Topology.Messaging.Tests;

/// <summary>The example in the format's README is a frame, and the one that is written.</summary>
public sealed class SpecificationTests
{
    [Test]
    public void The_example_frame_is_read_as_it_is_explained()
    {
        var recorder = new FrameRecorder { LogsRows = true };
        var decoder = new FrameDecoder(AnyWireRow.Plan(), new WireCounters());
        Assert.That(decoder.Decode(Example(), recorder), Is.EqualTo(WireError.None));
        Assert.That(recorder.Log, Is.EqualTo(new[]
        {
            "batch 5>1 #9: 3 rows", "storm, 7", "heron, -40", "heron, -40", new Credit(new Channel(8, 2), 4096, 65_536).ToString(),
        }));
        Assert.That(recorder.Rows.Select(row => (row.Target, row.Task, row.Source)), Is.EqualTo(new[] { (0, 0, 0), (0, 0, 0), (1, 3, 0) }));
    }

    [Test]
    public void The_example_frame_is_what_is_written()
    {
        var row = new AnyWireRow(0, 0, 0, ["heron", -40], new TupleIds(0x0003_0000_0000_0002, 0), [], false);
        AnyWireRow[] rows =
        [
            row with { Values = ["storm", 7], Ids = new TupleIds(0x0003_0000_0000_0001, 0) },
            row,
            row with { Target = 1, Task = 3, IsShared = true },
        ];
        var writer = new FrameWriter(new FrameBufferPool());
        writer.Begin(new FrameHeader(0x1122334455667788, 7, 0xCAFE, 42));
        writer.WriteRows(new Channel(5, 1), 9, AnyWireRow.Fill(new BatchPool(), rows), 0);
        writer.WriteCredits([new Credit(new Channel(8, 2), 4096, 65_536)]);
        Assert.That(Convert.ToHexString(writer.Finish().WrittenSpan), Is.EqualTo(Convert.ToHexString(Example())));
    }

    /// <summary>The bytes of the README's block that begins with <c>```hex</c>; what follows a semicolon explains them.</summary>
    private static byte[] Example()
    {
        var lines = File.ReadAllLines(Path.Combine(Path.GetDirectoryName(ThisFile())!, "../../../src/Topology.Messaging/Wire/README.md"));
        var block = lines.SkipWhile(line => line != "```hex").Skip(1).TakeWhile(line => line != "```").Select(line => line.Split(';')[0].Replace(" ", "", StringComparison.Ordinal));
        return Convert.FromHexString(string.Concat(block));
    }

    private static string ThisFile([CallerFilePath] string path = "") => path;
}
