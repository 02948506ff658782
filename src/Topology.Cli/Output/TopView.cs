using Topology.Cluster;

namespace Topology.Cli;

/// <summary>Shows a topology while something waits for it: rates on a terminal, which are gone in the end, or a line at each new state.</summary>
internal sealed class TopView : IDisposable
{
    // Readings are half a second apart, so that rates are of the last two seconds.
    private const int Readings = 4;

    private readonly Queue<(TopologyDescription Topology, long At)> _readings = new();
    private readonly string _hint;
    private readonly CommandContext _context;
    private readonly LiveBlock? _block;
    private readonly IDisposable? _above;
    private string? _state;

    private TopView(bool isLive, string hint, CommandContext context)
    {
        _hint = hint;
        _context = context;
        if (!isLive || !context.Console.IsErrorTerminal) return;
        var block = _block = new LiveBlock(context.Console);
        _above = context.Lines.WriteAbove(line => block.WriteAbove(line + "\n"));
    }

    /// <param name="showsRates">Whether rates are of interest.</param>
    /// <param name="hint">What a person can do meanwhile.</param>
    /// <param name="context">Where it is shown.</param>
    public static TopView Create(bool showsRates, string hint, CommandContext context) => new(showsRates, hint, context);

    public void Show(TopologyDescription topology)
    {
        if (topology.State != _state) _context.Lines.Write(OneLine.Of($"{topology.Name} is {topology.State}"));
        _state = topology.State;
        if (_block is null) return;
        var now = _context.Time.GetTimestamp();
        _readings.Enqueue((topology, now));
        var (before, at) = _readings.Peek();
        var report = TopReport.Of(before, topology, _context.Time.GetElapsedTime(at, now), _context.Time.GetUtcNow());
        _block.Draw(TopTable.Lines(report, _hint, true, _context.Console));
        if (_readings.Count > Readings) _readings.Dequeue();
    }

    /// <summary>Takes the rates away.</summary>
    public void End() => _block?.Erase();

    public void Dispose()
    {
        End();
        _above?.Dispose();
    }
}
