using System.Globalization;
using FsCheck.Fluent;

namespace Topology.Messaging.Tests;

/// <summary>What is written here is what python3-msgpack reads, and the other way round.</summary>
public sealed class PythonConformanceTests
{
    [Test]
    public void Python_reads_every_value_and_writes_it_in_the_same_bytes()
    {
        // Its forms are the shortest too, so writing what it read must give the same again.
        var values = AnyWireValue.Generator.Sample(1_500, 500).ToArray();
        var packed = values.Select(value => Convert.ToHexString(Write(value))).ToArray();
        var lines = Python.Run(
            $"for line in '''{string.Join('\n', packed)}'''.split():\n" +
            "    print(msgpack.packb(msgpack.unpackb(bytes.fromhex(line))).hex().upper())\n");
        Assert.That(lines, Is.EqualTo(packed));
    }

    [Test]
    public void Python_reads_what_was_meant()
    {
        Value[] values = [Value.Null, true, -33, ulong.MaxValue, 1.5, "é€", new byte[] { 1, 255 }, DateTimeOffset.UnixEpoch.AddTicks(15_000_000), TimeSpan.FromTicks(258)];
        var lines = Python.Run($"for line in '{string.Join(' ', values.Select(v => Convert.ToHexString(Write(v))))}'.split():\n    print(ascii(msgpack.unpackb(bytes.fromhex(line))))\n");
        Assert.That(lines, Is.EqualTo(new[]
        {
            "None", "True", "-33", "18446744073709551615", "1.5", @"'\xe9\u20ac'", @"b'\x01\xff'",
            "Timestamp(seconds=1, nanoseconds=500000000)", @"ExtType(code=17, data=b'\x02\x01\x00\x00\x00\x00\x00\x00')",
        }));
    }

    [Test]
    public void What_Python_writes_is_read()
    {
        var lines = Python.Run("""
            numbers = [s * (1 << n) + d for n in range(64) for d in (-1, 0, 1) for s in (1, -1)]
            numbers = [n for n in numbers if -2**63 <= n < 2**64]
            for n in numbers: print('i', n, msgpack.packb(n).hex())
            for n in (0, 1, 31, 32, 255, 256, 65535, 65536):
                print('t', n, msgpack.packb('x' * n).hex())
                print('b', n, msgpack.packb(b'x' * n).hex())
            for n in (0.0, 1.5, -2.25): print('f', n, msgpack.packb(n).hex(), msgpack.packb(n, use_single_float=True).hex())
            for s, n in ((0, 0), (1, 100), (2**32, 0), (2**34, 200), (-1, 300)): print('d', s * 10**7 + n // 100, msgpack.packb(msgpack.Timestamp(s, n)).hex())
            """);
        Assert.That(lines, Has.Length.GreaterThan(300));
        foreach (var line in lines)
        {
            var parts = line.Split(' ');
            foreach (var hex in parts[2..]) Check(parts[0], parts[1], Read(hex));
        }
    }

    [Test]
    public void Python_reads_a_whole_frame()
    {
        var lines = Python.Run($"""
            header, batch = msgpack.unpackb(bytes.fromhex('{Convert.ToHexString(SampleFrames.Rows())}'))
            print(header.code, struct.unpack('<IQQQQ', header.data))
            mark, (channel, rows, runs, ids, further) = batch
            print(mark.code, struct.unpack('<IIQ', channel))
            print(ascii(rows[:3]), len(rows))
            print([struct.unpack_from('<HHHH', runs, at) for at in range(0, len(runs), 8)])
            print(struct.unpack_from('<QQ', ids), len(ids))
            print(struct.unpack_from('<II4Q', further), len(further))
            """);
        Assert.That(lines, Is.EqualTo(new[]
        {
            $"84 (1, {0x1122334455667788}, 7, {0xCAFE}, 42)",
            "1 (5, 1, 9)",
            "[[None, True, 'word'], None, [-1, 18446744073709551615, 3.25]] 8",
            "[(1, 0, 3, 0), (2, 1, 3, 0), (3, 2, 3, 0), (1, 0, 1, 0), (1, 0, 2, 0)]",
            "(1, 2) 128",
            "(3, 2, 7, 8, 9, 10) 64",
        }));
        lines = Python.Run($"for section in msgpack.unpackb(bytes.fromhex('{Convert.ToHexString(SampleFrames.Control())}'))[1:]: print(section[0].code, ascii(section[1])[:70])");
        Assert.That(lines, Has.Length.EqualTo(8));
        Assert.That(lines[0], Is.EqualTo($"4 [3, {0xBEEF}, 1000000]"));
        Assert.That(lines[^2..], Is.EqualTo(new[] { "5 [14]", "9 [15]" }));
    }

    private static void Check(string kind, string expected, Value value) => Assert.That(
        value,
        Is.EqualTo(kind switch
        {
            "i" => expected[0] == '-' ? long.Parse(expected, CultureInfo.InvariantCulture) : ulong.Parse(expected, CultureInfo.InvariantCulture),
            "t" => new string('x', int.Parse(expected)),
            "b" => Enumerable.Repeat((byte)'x', int.Parse(expected)).ToArray(),
            "f" => double.Parse(expected, CultureInfo.InvariantCulture),
            _ => (Value)DateTimeOffset.UnixEpoch.AddTicks(long.Parse(expected)),
        }));

    private static byte[] Write(Value value)
    {
        var bytes = new byte[ValueFormat.RoomFor(value)];
        return bytes[..ValueFormat.Write(bytes, value)];
    }

    private static Value Read(string hex)
    {
        var bytes = Convert.FromHexString(hex);
        var position = 0;
        Assert.That(ValueFormat.TryRead(bytes, ref position, int.MaxValue, out var value), Is.EqualTo(WireError.None));
        Assert.That(position, Is.EqualTo(bytes.Length));
        return value;
    }
}
