using System.Diagnostics.CodeAnalysis;

namespace Topology.Tests;

/// <summary>A replaying spout over given lines, whose emit the test may change.</summary>
internal sealed class LineSpout(ReplayPolicy? policy = null, params string[] lines) : ReplayingSpout<string>(policy ?? ReplayPolicy.Default)
{
    private readonly Queue<string> _lines = new(lines);

    public List<string> AckedLines { get; } = [];

    public List<(string Line, FailReason Reason)> GivenUpLines { get; } = [];

    public Action<string, RecordOutput> Emitter { get; set; } = (line, output) => output.Emit(line);

    public Action<string>? OnAcked { get; set; }

    public override Fields Output => ["line"];

    protected override bool IsEndOfRecords => _lines.Count == 0;

    protected override bool TryRead([MaybeNullWhen(false)] out string record) => _lines.TryDequeue(out record);

    protected override void Emit(string record, RecordOutput output) => Emitter(record, output);

    protected override void Acked(string record)
    {
        AckedLines.Add(record);
        OnAcked?.Invoke(record);
    }

    protected override void GivenUp(string record, FailReason reason) => GivenUpLines.Add((record, reason));
}
