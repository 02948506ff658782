using System.Text.RegularExpressions;
using System.Xml.Linq;
using Topology.Architecture.Tests.Context;

namespace Topology.Architecture.Tests;

/// <summary>Finds the examples in READMEs and doc comments.</summary>
internal static partial class CodeExamples
{
    /// <summary>What a project of .NET has without asking, as a reader's own would.</summary>
    private static readonly string[] Implicit = ["System", "System.Collections.Generic", "System.IO", "System.Linq", "System.Threading", "System.Threading.Tasks"];

    /// <summary>The blocks of C# in every README.</summary>
    public static IEnumerable<CodeExample> InReadmes() => Repository.Files(".", "README.md").SelectMany(InReadme);

    /// <summary>The first block of C# under a heading of a README.</summary>
    public static CodeExample Under(string readme, string heading)
    {
        var text = Repository.Read(readme);
        var start = text.IndexOf($"## {heading}\n", StringComparison.Ordinal);
        Assert.That(start, Is.GreaterThanOrEqualTo(0), $"{readme} has no section '{heading}'.");
        return InReadme(readme, text[start..]).First();
    }

    /// <summary>
    /// The examples in the doc comments of what is shipped, as the compiler wrote them out. They are read where all of the product is referenced, and the test kit's
    /// beside a test framework. A line of '…' stands for what is left out.
    /// </summary>
    public static IEnumerable<CodeExample> InDocComments() =>
        from project in Repository.ProjectsOf("src")
        from member in XDocument.Load(Path.Combine(AppContext.BaseDirectory, $"{project}.xml")).Descendants("member")
        from code in member.Descendants("code").Index()
        select new CodeExample(
            $"{member.Attribute("name")!.Value} {code.Index}",
            Omission().Replace(code.Item.Value, ""),
            [.. Implicit, .. Repository.ProjectsOf("src"), "NUnit.Framework", typeof(OrderQueue).Namespace!]);

    private static IEnumerable<CodeExample> InReadme(string readme) => InReadme(readme, Repository.Read(readme));

    private static IEnumerable<CodeExample> InReadme(string readme, string text) =>
        Block().Matches(text).Select((match, i) => new CodeExample($"{readme} {i}", match.Groups["code"].Value, Implicit));

    [GeneratedRegex(@"^```csharp\n(?<code>.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();

    [GeneratedRegex(@"^\s*…\s*$", RegexOptions.Multiline)]
    private static partial Regex Omission();
}
