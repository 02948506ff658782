using System.Globalization;

namespace Topology.EndToEnd.Topologies;

/// <summary>Writes what it gets, but blocks before that for as long as there is a file <c>hold</c>, and says so by a file of its process and task.</summary>
internal sealed class HoldBolt(string folder) : RecordBolt(folder)
{
    private readonly string _hold = Path.Combine(folder, "hold");
    private string _held = "";

    public override void Prepare(BoltContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        base.Prepare(context);
        _held = Path.Combine(Path.GetDirectoryName(_hold)!, string.Create(CultureInfo.InvariantCulture, $"held-{Environment.ProcessId}-{context.Task}"));
    }

    protected override void Execute(TupleView tuple, AnchoredOutput output)
    {
        if (File.Exists(_hold))
        {
            File.WriteAllText(_held, "");
            SpinWait.SpinUntil(() => !File.Exists(_hold));
        }

        base.Execute(tuple, output);
    }
}
