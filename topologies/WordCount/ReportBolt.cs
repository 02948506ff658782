using Microsoft.Extensions.Logging;
using Topology;

namespace WordCount;

/// <summary>Gathers the final counts and writes them to a file.</summary>
internal sealed class ReportBolt(string path) : BasicBolt
{
    private readonly List<WordTable.Row> _rows = [];
    private ILogger _logger = null!;

    public override Fields Output => [];

    public override void Prepare(BoltContext context) => _logger = context.Logger;

    protected override void Execute(TupleView tuple, AnchoredOutput output) => _rows.Add(new(tuple[0].AsString(), tuple[1].AsInt64()));

    protected override void Finish(AnchoredOutput output)
    {
        _rows.Sort();
        WordTable.Write(path, _rows);
        _logger.LogInformation("{Words} words, {Distinct} of them distinct, are counted in {Path}.", _rows.Sum(r => r.Count), _rows.Count, path);
    }
}
