using System.Runtime.CompilerServices;
using System.Xml.Linq;

namespace Topology.Testing.Tests;

public sealed class ExamplesTests
{
    [Test]
    public void Every_example_of_the_doc_comments_stands_among_the_compiled_ones()
    {
        var compiled = File.ReadAllLines(Beside("Examples.cs")).Select(line => line.Trim()).ToHashSet();
        var documented = XDocument.Load(Path.ChangeExtension(typeof(BoltTester).Assembly.Location, ".xml"))
            .Descendants("example")
            .Select(example => (Of: example.Parent!.Attribute("name")!.Value, Lines: example.Value.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)))
            .ToArray();
        Assert.That(documented, Has.Length.GreaterThanOrEqualTo(6));
        Assert.Multiple(() =>
        {
            foreach (var (of, lines) in documented) Assert.That(lines.Except(compiled), Is.Empty, of);
        });
    }

    private static string Beside(string file, [CallerFilePath] string self = "") => Path.Combine(Path.GetDirectoryName(self)!, file);
}
