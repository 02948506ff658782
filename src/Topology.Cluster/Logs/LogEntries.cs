using System.Text;

namespace Topology.Cluster;

/// <summary>Makes entries of the bytes of a log's files, which may be cut anywhere.</summary>
internal sealed class LogEntries(string log)
{
    private const int LongestLine = 256 * 1024;

    private readonly List<byte> _partial = [];
    private readonly StringBuilder _text = new();
    private readonly List<LogLine> _untimed = [];
    private LogLine? _entry;
    private DateTimeOffset? _time;
    private DateTimeOffset _written;

    /// <summary>Says when the file was last written to, which is the time of lines where none says its own.</summary>
    public void BeginFile(DateTime written) => _written = new(written, TimeSpan.Zero);

    /// <summary>Adds bytes; entries that are known to be whole go to <paramref name="output"/>.</summary>
    public void Add(ReadOnlySpan<byte> bytes, Queue<LogLine> output)
    {
        while (bytes.IndexOf((byte)'\n') is >= 0 and var end)
        {
            _partial.AddRange(bytes[..end]);
            EndLine(output);
            bytes = bytes[(end + 1)..];
        }

        _partial.AddRange(bytes);
        if (_partial.Count > LongestLine) EndLine(output);
    }

    /// <summary>Nothing more is there for now: an entry whose last line is whole is taken for whole.</summary>
    public void EndEntry(Queue<LogLine> output)
    {
        CloseEntry(output);
        ReleaseUntimed(_written, output);
    }

    /// <summary>Nothing more will be there: a line that was torn by a crash or a full disk is as it is.</summary>
    public void EndFile(Queue<LogLine> output)
    {
        if (_partial.Count > 0) EndLine(output);
        EndEntry(output);
    }

    private void CloseEntry(Queue<LogLine> output)
    {
        if (_entry is null) return;
        var entry = _entry with { Text = _text.ToString() };
        _entry = null;
        if (_time is null) _untimed.Add(entry);
        else output.Enqueue(entry);
    }

    // What was printed before the first entry is as old as that, and not what would put the whole log behind others.
    private void ReleaseUntimed(DateTimeOffset time, Queue<LogLine> output)
    {
        foreach (var line in _untimed) output.Enqueue(line with { Time = time });
        _untimed.Clear();
    }

    private void EndLine(Queue<LogLine> output)
    {
        var text = Encoding.UTF8.GetString([.. _partial]);
        _partial.Clear();
        if (_entry is not null && text.StartsWith(LogText.Continuation))
        {
            _text.Append('\n').Append(text, 1, text.Length - 1);
            return;
        }

        CloseEntry(output);
        var parsed = LogText.Parse(text);
        if (parsed is not null)
        {
            ReleaseUntimed(parsed.Time, output);
            _time = parsed.Time;
        }

        _entry = (parsed ?? new(_time ?? default, null, "", 0, text)) with { Log = log };
        _text.Clear().Append(_entry.Text);
    }
}
