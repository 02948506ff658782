using System.Text.RegularExpressions;
using Topology.Cluster;
using Topology.Engine;

namespace Topology.Architecture.Tests;

/// <summary>What texts show as code compiles, and the first topology runs.</summary>
public sealed partial class ExampleTests
{
    private static IEnumerable<CodeExample> Readmes => CodeExamples.InReadmes();

    private static IEnumerable<CodeExample> DocComments => CodeExamples.InDocComments();

    [TestCaseSource(nameof(Readmes))]
    [TestCaseSource(nameof(DocComments))]
    public void It_compiles(object example) => Assert.That(ExampleCompiler.ErrorsOf((CodeExample)example), Is.Empty, ((CodeExample)example).Code);

    [Test]
    public void There_are_examples()
    {
        Assert.That(Readmes, Is.Not.Empty);
        Assert.That(DocComments, Is.Not.Empty);
    }

    [Test]
    public void An_example_that_does_not_compile_is_found()
    {
        var usings = DocComments.First().Usings;

        Assert.That(ExampleCompiler.ErrorsOf(new CodeExample("statements", "topology.SetSprout(\"words\", null);", usings)), Is.Not.Empty);
        Assert.That(ExampleCompiler.ErrorsOf(new CodeExample("types", "public sealed class Empty : BasicBolt { }", usings)), Is.Not.Empty);
        Assert.That(ExampleCompiler.ErrorsOf(new CodeExample("right", "topology.SetBolt(\"split\", () => new SplitBolt());", usings)), Is.Empty);
    }

    [Test]
    [NonParallelizable]
    public async Task The_first_topology_of_the_README_runs_and_says_what_it_found()
    {
        var assembly = ExampleCompiler.Load(CodeExamples.Under("README.md", "A first topology"));
        var topology = (ITopology)Activator.CreateInstance(assembly.GetTypes().Single(type => type.IsAssignableTo(typeof(ITopology))))!;
        var console = Console.Out;
        using var output = new StringWriter();
        Console.SetOut(output);
        try
        {
            await using var cluster = new LocalCluster();
            var result = await cluster.Submit(topology).Completion.WaitAsync(TimeSpan.FromSeconds(60));
            Assert.That((result.State, result.IsLossless), Is.EqualTo((RunState.Completed, true)), () => string.Join('\n', result.Errors));
        }
        finally
        {
            Console.SetOut(console);
        }

        Assert.That(output.ToString(), Is.Not.Empty);
    }

    [Test]
    public void The_first_topology_takes_fewer_than_20_lines()
    {
        // Lines that say something: blank ones and lone braces do not.
        var lines = CodeExamples.Under("README.md", "A first topology").Code.Split('\n').Where(line => !Silent().IsMatch(line));

        Assert.That(lines.Count(), Is.LessThan(20));
    }

    [GeneratedRegex(@"^\s*[{}]?\s*$")]
    private static partial Regex Silent();
}
