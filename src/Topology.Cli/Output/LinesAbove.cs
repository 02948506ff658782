using System.Text;

namespace Topology.Cli;

/// <summary>Collects what user code writes, and hands on whole lines at each flush, or when much has come together.</summary>
internal sealed class LinesAbove(Action<string> write) : TextWriter
{
    private const int Limit = 64 * 1024;
    private readonly Lock _lock = new();
    private readonly StringBuilder _text = new();

    public override Encoding Encoding => Encoding.UTF8;

    public override void Write(char value)
    {
        lock (_lock) _text.Append(value);
    }

    public override void Write(ReadOnlySpan<char> buffer)
    {
        lock (_lock)
        {
            _text.Append(buffer);
            // The writer waits for the terminal rather than filling the memory.
            if (_text.Length > Limit) Flush();
        }
    }

    public override void Write(char[] buffer, int index, int count) => Write(buffer.AsSpan(index, count));

    public override void Write(string? value) => Write(value.AsSpan());

    public override void WriteLine(string? value) => Write(value + NewLine);

    public override void Flush()
    {
        lock (_lock)
        {
            var text = _text.ToString();
            var end = text.LastIndexOf('\n') + 1;
            if (end == 0 && text.Length <= Limit) return;
            if (end == 0) end = text.Length;
            write(text[..end]);
            _text.Remove(0, end);
        }
    }

    public override Task FlushAsync()
    {
        Flush();
        return Task.CompletedTask;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            Flush();
            lock (_lock)
            {
                if (_text.Length > 0) write(_text.ToString() + NewLine);
                _text.Clear();
            }
        }

        base.Dispose(disposing);
    }
}
