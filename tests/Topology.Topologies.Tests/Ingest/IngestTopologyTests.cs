using Ingest;
using NUnit.Framework.Constraints;
using Topology.Engine;
using Topology.Testing;

namespace Topology.Topologies.Tests;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class IngestTopologyTests : IDisposable
{
    private readonly TemporaryFolder _input = new();
    private readonly TemporaryFolder _output = new();
    private readonly List<string> _rows = [];

    public void Dispose()
    {
        _input.Dispose();
        _output.Dispose();
    }

    [Test]
    public void It_builds_without_a_warning()
    {
        var plan = Plan();
        Assert.That(plan.Name, Is.EqualTo("ingest"));
        Assert.That(plan.Warnings, Is.Empty);
        Assert.That(plan.Components.Select(c => $"{c.Id} {c.Tasks}"), Is.EqualTo(new[] { "lines 2", "parse 2", "store 2" }));
    }

    [Test]
    public void An_output_that_cannot_be_is_an_error_at_once()
    {
        Assert.That(() => Plan(output: ""), Refused("empty"));
        Assert.That(() => Plan(output: _output.Write("file", "x")), Refused("names a file"));
        foreach (var inside in new[] { _input.Path, _input.PathOf("rows"), _input.PathOf("..") + "/" + Path.GetFileName(_input.Path) + "/rows" })
            Assert.That(() => Plan(output: inside), Refused("within that of 'input'"));
        Assert.That(() => Plan(output: _input.Path + "-rows"), Throws.Nothing);
    }

    [Test]
    public void A_pattern_that_no_name_can_match_is_an_error_at_once()
    {
        Assert.That(() => Plan(pattern: "*/copyright"), Throws.TypeOf<SettingException>().With.Message.Contains("'pattern'").And.Message.Contains("--set pattern='copyright'"));
        Assert.That(() => Plan(pattern: "copyright"), Throws.Nothing);
    }

    [Test]
    public void Without_faults_every_line_is_there_once()
    {
        WriteInput(10, 50);
        using var cluster = new SimulatedCluster();
        var result = cluster.Submit(Plan()).RunToCompletion();
        Assert.That((result.State, result.IsLossless), Is.EqualTo((RunState.Completed, true)));
        Assert.That(Rows().Order(), Is.EqualTo(_rows.Order()));
        Assert.That(Directory.GetFiles(_output.Path).Select(Path.GetFileName).Order(), Is.EqualTo(new[] { "rows-0.tsv", "rows-1.tsv" }));
        Assert.That(Directory.GetFiles(_output.Path).Select(f => new FileInfo(f).Length), Is.All.GreaterThan(0), "both tasks have work");
    }

    [Test]
    public void Wherever_it_is_stopped_and_a_row_is_torn_every_line_is_there_at_least_once_and_every_row_is_whole()
    {
        WriteInput(6, 20);
        var repeated = 0;
        for (var seed = 1; seed <= 40; seed++)
        {
            foreach (var file in Directory.GetFiles(_output.Path)) File.Delete(file);
            var chance = new Random(seed);
            var store = new MemoryPositionStore();
            for (var life = 0; life < 3; life++) LiveAWhile(chance, store);
            using var cluster = Cluster(chance, store);
            var result = cluster.Submit(Plan()).RunToCompletion();

            Assert.That((result.State, result.IsLossless), Is.EqualTo((RunState.Completed, true)));
            Assert.That(Rows().Distinct().Order(), Is.EqualTo(_rows.Order()), $"seed {seed}");
            if (Rows().Count > _rows.Count) repeated++;
        }

        Assert.That(repeated, Is.GreaterThan(10), "runs were cut");
    }

    [Test]
    public void A_folder_that_another_run_writes_to_is_an_error_that_names_the_file()
    {
        WriteInput(1, 1);
        using var other = new DiskFile(_output.PathOf("rows-1.tsv"));
        using var cluster = new SimulatedCluster();
        var result = cluster.Submit(Plan()).RunToCompletion();
        Assert.That(result.State, Is.EqualTo(RunState.Failed));
        Assert.That(result.Failure?.Message, Does.Contain("rows-1.tsv"));
    }

    /// <summary>Runs for a number of steps, ends without draining, and leaves the beginning of a row as a crash may.</summary>
    private void LiveAWhile(Random chance, MemoryPositionStore store)
    {
        using (var cluster = Cluster(chance, store))
        {
            cluster.Submit(Plan());
            for (var steps = chance.Next(1_000); steps > 0 && cluster.Step(); steps--)
            {
            }
        }

        foreach (var file in Directory.GetFiles(_output.Path)) File.AppendAllText(file, "f3:12\tlin"[..chance.Next(9)]);
    }

    private static SimulatedCluster Cluster(Random chance, MemoryPositionStore store) =>
        new(new SimulationOptions { Seed = (ulong)chance.NextInt64(1, long.MaxValue), StallChance = 0.02, LongestStall = TimeSpan.FromMilliseconds(100), Positions = store });

    private void WriteInput(int files, int lines)
    {
        for (var file = 0; file < files; file++)
        {
            _input.Write($"f{file}", string.Concat(Enumerable.Range(1, lines).Select(line => $"line {line} of {file}\n")));
            _rows.AddRange(Enumerable.Range(1, lines).Select(line => $"f{file}:{line}\tline {line} of {file}"));
        }
    }

    private List<string> Rows() =>
        [.. Directory.GetFiles(_output.Path).SelectMany(file => File.ReadAllText(file).Split('\n') is [.. var rows, ""] ? rows : throw new InvalidDataException($"{file} does not end with a row"))];

    private TopologyPlan Plan(string? output = null, string pattern = "*") => TopologyPlanner.Plan(new IngestTopology(), settings: new Dictionary<string, string>
    {
        ["input"] = _input.Path,
        ["pattern"] = pattern,
        ["output"] = output ?? _output.Path,
        // Several flushes and commits within a short life.
        ["topology.max-spout-pending"] = "8",
        ["topology.position-interval"] = "5ms",
    });

    private static ContainsConstraint Refused(string text) => Throws.TypeOf<SettingException>().With.Message.Contains("'output'").And.Message.Contains(text);
}
