using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using Topology;

namespace Ingest;

/// <summary>
/// Appends rows to a file of its task's own, and acks them when they are on disk. Many rows share one flush: it comes when there are enough of them, and with each tick. Rows
/// that cannot be written fail, so that they come again.
/// </summary>
/// <param name="folder">Where the file is: <c>rows-0.tsv</c> for the first task, and so on.</param>
/// <param name="open">Opens the file of a path.</param>
[SuppressMessage("Design", "CA1001", Justification = "Cleanup, which ends the bolt's life, disposes the file.")]
internal sealed class StoreBolt(string folder, Func<string, IRandomAccessFile> open) : IBolt
{
    // Less than half of what may be pending per spout task, so that one flush is under way while rows for the next come in.
    private const int MostRows = 4_096;
    private const int MostBytes = 256 * 1024;

    private readonly ArrayBufferWriter<byte> _rows = new();
    private readonly List<HeldTuple> _held = [];
    private string _path = "";
    private RowFile? _file;

    public StoreBolt(string folder) : this(folder, path => new DiskFile(path))
    {
    }

    public Fields Output => [];

    public void Prepare(BoltContext context)
    {
        Directory.CreateDirectory(folder);
        _path = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"rows-{context.TaskIndex}.tsv"));
        var file = open(_path);
        try
        {
            _file = new RowFile(file);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    public void Execute(TupleView tuple, BoltOutput output)
    {
        if (tuple.IsTick)
        {
            Flush(output);
            return;
        }

        Encoding.UTF8.GetBytes(tuple[0].AsSpan(), _rows);
        _rows.Write("\n"u8);
        _held.Add(output.Hold(tuple));
        if (_held.Count >= MostRows || _rows.WrittenCount >= MostBytes) Flush(output);
    }

    public void Cleanup() => _file?.Dispose();

    private void Flush(BoltOutput output)
    {
        if (_held.Count == 0) return;
        try
        {
            _file!.Append(_rows.WrittenSpan);
            Answer(output, null);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            var error = string.Create(CultureInfo.InvariantCulture, $"{_held.Count} rows could not be written to {_path}, and will come again: {exception.Message}");
            Answer(output, error);
            output.ReportError(new IOException(error, exception));
        }

        _held.Clear();
        _rows.ResetWrittenCount();
    }

    /// <summary>Acks what is held, or fails it for a reason.</summary>
    private void Answer(BoltOutput output, string? error)
    {
        foreach (var tuple in _held)
        {
            try
            {
                if (error is null) output.Ack(tuple);
                else output.Fail(tuple, error);
            }
            catch (AnswerException)
            {
                // It was held for longer than the message timeout, so that it failed and comes again: a second time, where it was written.
            }
        }
    }
}
