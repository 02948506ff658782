using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Topology.EndToEnd.Topologies;

/// <summary>Writes what it gets to a file of its process and task alone, a line each, before it acks.</summary>
[SuppressMessage("Design", "CA1001", Justification = "Cleanup, which ends the bolt's life, disposes the file.")]
internal class RecordBolt(string folder) : BasicBolt
{
    private StreamWriter? _file;

    public override Fields Output => [];

    public override void Prepare(BoltContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        _file = new StreamWriter(Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"rows-{Environment.ProcessId}-{context.Task}")), append: true) { AutoFlush = true };
    }

    public override void Cleanup() => _file?.Dispose();

    protected override void Execute(TupleView tuple, AnchoredOutput output) =>
        _file!.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{tuple[0].AsInt64()} {tuple[1].AsInt64()}"));
}
