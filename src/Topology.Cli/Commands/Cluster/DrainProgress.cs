using Topology.Cluster;

namespace Topology.Cli;

/// <summary>Shows what is still draining: on a terminal in one place, elsewhere a line when that has changed.</summary>
internal sealed class DrainProgress : IDisposable
{
    private readonly CommandContext _context;
    private readonly LiveBlock? _block;
    private readonly IDisposable? _above;
    private string _last = "";

    public DrainProgress(CommandContext context)
    {
        _context = context;
        if (!context.Console.IsErrorTerminal) return;
        var block = _block = new LiveBlock(context.Console);
        _above = context.Lines.WriteAbove(line => block.WriteAbove(line + "\n"));
    }

    /// <param name="running">What has not come to rest.</param>
    public void Show(IReadOnlyList<TopologySummary> running)
    {
        var text = running.Count == 0 ? "" : OneLine.Of("draining: " + string.Join(", ", running.Select(t => $"{t.Name} ({t.State})")));
        if (_block is not null) _block.Draw(text.Length == 0 ? [] : [text]);
        else if (text.Length > 0 && text != _last) _context.Lines.Write(text);
        _last = text;
    }

    public void Dispose()
    {
        _block?.Erase();
        _above?.Dispose();
    }
}
