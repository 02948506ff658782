using FsCheck;
using FsCheck.Fluent;

namespace Topology.Messaging.Tests;

public sealed class FrameDecoderTests
{
    private static readonly FrameHeader Header = SampleFrames.Header;

    [Test]
    public void Rows_arrive_as_they_were_in_their_order_however_many_frames_they_take() =>
        Prop.ForAll(AnyWireRow.Rows.ToArbitrary(), Gen.Elements(200, 3_000, FrameWriter.DefaultTarget).ToArbitrary(), (rows, target) =>
        {
            var recorder = new FrameRecorder();
            var frames = Frames(AnyWireRow.Fill(new BatchPool(), rows), target);
            var decoder = new FrameDecoder(AnyWireRow.Plan(), new WireCounters());
            return frames.All(frame => decoder.Decode(frame, recorder) == WireError.None)
                && rows.Length == recorder.Rows.Count
                && Enumerable.Range(0, rows.Length).All(i => AreTheSame(Expected(rows, i), recorder.Rows[i]));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    [Test]
    public void Values_that_rows_share_are_sent_once_and_shared_again()
    {
        var text = new string('x', 1000);
        var row = new AnyWireRow(2, 0, 0, [text], default, [], false);
        var frame = SampleFrames.Write(w => w.WriteRows(SampleFrames.Channel, 1, AnyWireRow.Fill(new BatchPool(), [row, row with { Target = 1, IsShared = true }, row with { Target = 2, IsShared = true }]), 0));
        var recorder = new FrameRecorder();
        Assert.That(new FrameDecoder(AnyWireRow.Plan(), new WireCounters()).Decode(frame, recorder), Is.EqualTo(WireError.None));
        Assert.That(frame, Has.Length.LessThan(1200));
        Assert.That(recorder.Rows.Select(r => (r.Target, r.IsShared, r.Values[0].AsString())), Is.EqualTo(new[] { (0, false, text), (1, true, text), (2, true, text) }));
    }

    [Test]
    public void Sections_are_handed_on_in_their_order()
    {
        var recorder = new FrameRecorder();
        Assert.That(new FrameDecoder(AnyWireRow.Plan(), new WireCounters()).Decode(SampleFrames.Control(), recorder), Is.EqualTo(WireError.None));
        Assert.That(recorder.Log, Is.EqualTo(new[]
        {
            new Hello(3, 0xBEEF, 1_000_000).ToString(),
            "acks to 2, kind 3: 0102030405060708090A0B0C0D0E0F10 4",
            new Credit(new Channel(1, 2), 1000, 64_000).ToString(),
            new Credit(new Channel(3, 4), ulong.MaxValue, 0).ToString(),
            new Heartbeat(10, ulong.MaxValue).ToString(),
            new ResendRequest(11, 12).ToString(),
            new Acknowledgement(0xBEEF, 13).ToString(),
            new Goodbye(14).ToString(),
            new EndOfStream(15).ToString(),
        }));
    }

    [Test]
    public void The_header_is_read_without_the_rest_and_its_sequence_may_be_set_last()
    {
        var frame = SampleFrames.Control();
        FrameHeader.WriteSequence(frame, 77);
        Assert.That(FrameReader.TryOpen(frame.AsSpan(0, FrameHeader.Size), out var reader), Is.EqualTo(WireError.None));
        Assert.That(reader.Header, Is.EqualTo(Header with { Sequence = 77 }));
    }

    [Test]
    public void A_section_of_an_unknown_type_is_skipped_and_counted()
    {
        var counters = new WireCounters();
        var recorder = new FrameRecorder();
        var frame = SampleFrames.Control();
        frame[FrameHeader.Size + 2] = 0x63;
        Assert.That(new FrameDecoder(AnyWireRow.Plan(), counters).Decode(frame, recorder), Is.EqualTo(WireError.None));
        Assert.That((counters.UnknownSections, recorder.Log.Count), Is.EqualTo((1L, 8)));
    }

    [Test]
    public void An_end_of_stream_keeps_its_place_behind_the_rows_before_it()
    {
        var recorder = new FrameRecorder();
        var rows = new[] { new AnyWireRow(2, 0, 0, ["text"], default, [], false) };
        var frame = SampleFrames.Write(w =>
        {
            w.WriteRows(SampleFrames.Channel, 1, AnyWireRow.Fill(new BatchPool(), rows), 0);
            w.Write(new EndOfStream(3));
            w.WriteRows(SampleFrames.Channel, 2, AnyWireRow.Fill(new BatchPool(), rows), 0);
        });
        Assert.That(new FrameDecoder(AnyWireRow.Plan(), new WireCounters()).Decode(frame, recorder), Is.EqualTo(WireError.None));
        Assert.That(recorder.Log, Is.EqualTo(new[] { "batch 5>1 #1: 1 rows", new EndOfStream(3).ToString(), "batch 5>1 #2: 1 rows" }));
    }

    [TestCase(new byte[] { 0x90 }, WireError.InvalidSection)]
    [TestCase(new byte[] { 0x91, 0xFF }, WireError.InvalidSection)]
    [TestCase(new byte[] { 0x91, 0xC0 }, WireError.UnexpectedType)]
    [TestCase(new byte[] { 0x91, 1, 2 }, WireError.TrailingBytes)]
    [TestCase(new byte[] { 0x91, 0xCE, 1 }, WireError.Truncated)]
    [TestCase(new byte[] { 0xA1, (byte)'x' }, WireError.UnexpectedType)]
    public void An_end_of_stream_that_is_not_one_number_is_refused(byte[] body, object error)
    {
        var recorder = new FrameRecorder();
        Assert.That(new FrameDecoder(AnyWireRow.Plan(), new WireCounters()).Decode(OneSection(SectionType.EndOfStream, body), recorder), Is.EqualTo(error));
        Assert.That(recorder.Log, Is.Empty);
    }

    [Test]
    public void A_known_section_may_have_more_fields_than_this_version_knows()
    {
        var recorder = new FrameRecorder();
        // A goodbye of [14] and [1, "x"] behind it.
        byte[] body = [0x92, 14, 0x92, 1, 0xA1, (byte)'x'];
        Assert.That(new FrameDecoder(AnyWireRow.Plan(), new WireCounters()).Decode(OneSection(SectionType.Goodbye, body), recorder), Is.EqualTo(WireError.None));
        Assert.That(recorder.Log, Is.EqualTo(new[] { new Goodbye(14).ToString() }));
    }

    [Test]
    public void A_frame_whose_last_section_is_broken_is_refused_whole_and_gives_its_batches_back()
    {
        var receiver = new WireReceiver(new BatchPool(), AnyWireRow.Tasks);
        var pooled = receiver.Pool.Rent();
        receiver.Pool.Return(pooled);
        var counters = new WireCounters();
        var recorder = new FrameRecorder();
        var rows = new[] { new AnyWireRow(2, 0, 0, ["text"], default, [], false) };
        var frame = SampleFrames.Write(w =>
        {
            w.Write(new Goodbye(1));
            w.WriteRows(SampleFrames.Channel, 1, AnyWireRow.Fill(new BatchPool(), rows), 0);
            w.Write(new Goodbye(2));
        });
        frame[^1] = 0xC3;
        Assert.That(new FrameDecoder(new WirePlan(AnyWireRow.Arities, [null, receiver]), counters).Decode(frame, recorder), Is.EqualTo(WireError.UnexpectedType));
        Assert.That(recorder.Log, Is.Empty);
        Assert.That((counters.Frames, counters.Rejected, counters.RejectedFor(WireError.UnexpectedType)), Is.EqualTo((0L, 1L, 1L)));
        Assert.That(receiver.Pool.Rent(), Is.SameAs(pooled));
        Assert.That((pooled.Count, pooled.ValueCount, pooled.Values[0].IsNull), Is.EqualTo((0, 0, true)));
    }

    [Test]
    public void What_the_plan_does_not_have_is_refused() => Assert.Multiple(() =>
    {
        var row = new AnyWireRow(2, 1, 3, ["text"], default, [], false);
        Assert.That(Decode(row), Is.EqualTo(WireError.None));
        Assert.That(Decode(row with { Task = 4 }), Is.EqualTo(WireError.NotInPlan));
        Assert.That(Decode(row with { Target = 3 }), Is.EqualTo(WireError.NotInPlan));
        Assert.That(Decode(row with { Source = AnyWireRow.Arities.Length }), Is.EqualTo(WireError.NotInPlan));
        Assert.That(Decode(row with { Source = 3 }), Is.EqualTo(WireError.NotInPlan), "its source has another arity");
        Assert.That(Decode(row, new Channel(5, 0)), Is.EqualTo(WireError.NotInPlan));
        Assert.That(Decode(row, new Channel(5, 2)), Is.EqualTo(WireError.NotInPlan));
        Assert.That(Decode(row with { Values = [new string('x', 1 << 20)] }), Is.EqualTo(WireError.ValueTooLarge));
    });

    [Test]
    public void A_batch_ends_where_its_section_does()
    {
        var row = new AnyWireRow(2, 0, 0, ["text"], default, [], false);
        var frame = SampleFrames.Write(w => w.WriteRows(SampleFrames.Channel, 1, AnyWireRow.Fill(new BatchPool(), [row]), 0));
        var body = frame[(FrameHeader.Size + 7)..];
        Assert.That(Decode(OneSection(SectionType.Batch, body)), Is.EqualTo(WireError.None));
        Assert.That(Decode(OneSection(SectionType.Batch, [.. body, 0xC0])), Is.EqualTo(WireError.TrailingBytes));
    }

    [Test]
    public void A_refused_batch_keeps_none_of_its_values_in_the_pool()
    {
        var receiver = new WireReceiver(new BatchPool(), AnyWireRow.Tasks);
        var row = new AnyWireRow(0, 0, 0, ["text", true], default, [], false);
        var frame = SampleFrames.Write(w => w.WriteRows(SampleFrames.Channel, 1, AnyWireRow.Fill(new BatchPool(), [row]), 0));
        frame[frame.AsSpan().LastIndexOf("text"u8) + 4] = 0xC1;
        Assert.That(new FrameDecoder(new WirePlan(AnyWireRow.Arities, [null, receiver]), new WireCounters()).Decode(frame, new FrameRecorder()), Is.EqualTo(WireError.NeverUsedCode));
        Assert.That(receiver.Pool.Rent().Values, Is.All.EqualTo(Value.Null));
    }

    // Counted from the frame's end: what lies beside one row with one further pair.
    [TestCase(16, 0, Description = "a further root of 0")]
    [TestCase(20, 2, Description = "more further pairs than there are")]
    [TestCase(20, 0, Description = "no further pairs where some are said to be")]
    [TestCase(24, 1, Description = "further pairs of a row that is not there")]
    [TestCase(52, 0, Description = "a run of no rows")]
    [TestCase(52, 2, Description = "a run of more rows than there are")]
    public void Parts_of_a_batch_that_do_not_fit_together_are_refused(int fromEnd, byte value)
    {
        var row = new AnyWireRow(2, 0, 0, ["text"], new TupleIds(1, 2), [new TupleIds(3, 4)], false);
        var frame = SampleFrames.Write(w => w.WriteRows(SampleFrames.Channel, 1, AnyWireRow.Fill(new BatchPool(), [row]), 0));
        Assert.That(Decode(frame), Is.EqualTo(WireError.None));
        frame[^fromEnd] = value;
        Assert.That(Decode(frame), Is.EqualTo(WireError.InvalidBatch));
    }

    [Test]
    public void A_frame_of_another_version_or_none_at_all_is_refused() => Assert.Multiple(() =>
    {
        foreach (var (at, reason) in ((int, WireError)[])[(0, WireError.NotAFrame), (3, WireError.NotAFrame), (5, WireError.NotAFrame), (6, WireError.UnknownVersion), (9, WireError.UnknownVersion)])
        {
            var frame = SampleFrames.Control();
            frame[at] ^= 2;
            Assert.That(Decode(frame), Is.EqualTo(reason));
        }

        Assert.That(Decode([.. SampleFrames.Control(), 0xC0]), Is.EqualTo(WireError.TrailingBytes));
    });

    [Test]
    public void A_frame_has_a_limited_number_of_batches()
    {
        var rows = new[] { new AnyWireRow(1, 0, 0, [], default, [], false) };
        var batch = AnyWireRow.Fill(new BatchPool(), rows);
        var frame = SampleFrames.Write(w =>
        {
            for (var i = 0; i < FrameWriter.MaxBatches; i++)
            {
                Assert.That(w.HasRoom);
                w.WriteRows(SampleFrames.Channel, 1, batch, 0);
            }

            Assert.That(w.HasRoom, Is.False);
        });
        Assert.That(Decode(frame), Is.EqualTo(WireError.None));
        frame = SampleFrames.Write(w =>
        {
            for (var i = 0; i <= FrameWriter.MaxBatches; i++) w.WriteRows(SampleFrames.Channel, 1, batch, 0);
        });
        Assert.That(Decode(frame), Is.EqualTo(WireError.TooManyBatches));
    }

    private static byte[] OneSection(SectionType type, byte[] body)
    {
        var frame = SampleFrames.Write(_ => { });
        FrameHeader.WriteSectionCount(frame, 1);
        return [.. frame, 0x92, 0xD6, (byte)type, (byte)body.Length, 0, 0, 0, .. body];
    }

    private static WireError Decode(AnyWireRow row, Channel? channel = null) =>
        Decode(SampleFrames.Write(w => w.WriteRows(channel ?? SampleFrames.Channel, 1, AnyWireRow.Fill(new BatchPool(9), [row]), 0)));

    private static WireError Decode(byte[] frame) => new FrameDecoder(AnyWireRow.Plan(), new WireCounters()).Decode(frame, new FrameRecorder());

    private static List<byte[]> Frames(TupleBatch batch, int target)
    {
        var frames = new List<byte[]>();
        var writer = new FrameWriter(new FrameBufferPool(64), target);
        for (var row = 0; row < batch.Count;)
        {
            writer.Begin(Header);
            row = writer.WriteRows(SampleFrames.Channel, (ulong)frames.Count, batch, row);
            frames.Add(writer.Finish().WrittenSpan.ToArray());
        }

        return frames;
    }

    // A row that shares has what the row before has.
    private static AnyWireRow Expected(AnyWireRow[] rows, int index)
    {
        var row = rows[index];
        return row.IsShared && index > 0 && rows[index - 1].Source == row.Source ? row with { Values = Expected(rows, index - 1).Values } : row;
    }

    private static bool AreTheSame(AnyWireRow expected, AnyWireRow actual) =>
        (expected.Source, expected.Target, expected.Task) == (actual.Source, actual.Target, actual.Task)
        && expected.Ids.Equals(actual.Ids)
        && expected.Further.SequenceEqual(actual.Further)
        && expected.Values.Length == actual.Values.Length
        && expected.Values.Zip(actual.Values).All(pair => AnyWireValue.AreTheSame(pair.First, pair.Second));
}
